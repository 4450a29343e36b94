"""Found an organisation whose units and measures stand in a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fourfold.data.imports.actions import discard_upload, keep_upload
from fourfold.data.imports.queries import KeptFile
from fourfold.outward.home.actions.found_from_starter import found_frame
from fourfold.outward.home.actions.new_organisation import NewOrganisation
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal

__all__ = ["found_from_spreadsheet"]


def found_from_spreadsheet(
    starter: str,
    organisation: NewOrganisation,
    *,
    chunks: Iterable[bytes],
    name: str,
    scope: Scope,
    at: datetime,
) -> KeptFile:
    """Take the file in, found with a template's strategy, and answer the file for the import that follows.

    A file that cannot be read founds nothing; an organisation that is refused keeps no file.

    Raises:
        NotPermitted, what `keep_upload` refuses, StarterUnknown, FoundedAlready, ZoneUnknown.
    """
    scope.require_to(Act.LOAD_FOLDER)
    kept = keep_upload(chunks, name=name, scope=scope, at=at)
    try:
        found_frame(starter, organisation, scope=scope, at=at)
    except Refusal:
        discard_upload(kept.reference, scope=scope)
        raise
    return kept
