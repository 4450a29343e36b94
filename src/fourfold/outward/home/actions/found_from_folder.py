"""Found an organisation from a strategy folder that somebody packed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.actions import LoadedFolder, load_strategy_folder
from fourfold.folder import Finding, FolderRefused
from fourfold.outward.home.actions.founding import FoundedAlready, OrganisationFounded
from fourfold.outward.home.actions.unpacked_folder import unpacked_folder
from fourfold.platform.accounts.actions.grant_role import grant_founder_memberships
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.periods.queries import known_organisation
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.queries import root_unit
from fourfold.scorecard.measures.actions.open_entry import take_turn

__all__ = ["FolderNotTaken", "FolderTooLarge", "found_from_folder"]


MEGABYTES_AT_MOST = 64  # packed text: some ten million rows; what is larger is loaded on the machine itself


class FolderTooLarge(Refusal):
    code, status = "FOLDER_TOO_LARGE", 413
    sentence = _("The file has {size} MB; at most {limit} MB are taken.")
    remedy = _("Leave data files out and import them afterwards, or load it on the machine: fourfold load.")


class FolderNotTaken(Refusal):
    """The findings are in `findings`; nothing was written."""

    code, status = "FOLDER_REFUSED", 422
    sentence = _("The folder was not taken: {count} errors. The first: {first}")
    remedy = _("Mend them and choose the file again.")

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [each for each in findings if each.level == "error"]
        super().__init__(count=len(errors), first=str(errors[0]) if errors else "")


def found_from_folder(packed: IO[bytes], *, size: int, scope: Scope, at: datetime) -> LoadedFolder:
    """Unpack, read and write all of it in one transaction; a form sent twice founds once.

    Raises:
        NotPermitted, FolderTooLarge, ArchiveRefused, FolderNotTaken, FoundedAlready, and what definitions and
        the ledger refuse.
    """
    scope.require_to(Act.LOAD_FOLDER)
    if size > MEGABYTES_AT_MOST * 1024**2:
        raise FolderTooLarge(size=-(-size // 1024**2), limit=MEGABYTES_AT_MOST)
    with unpacked_folder(packed, size=size) as folder:
        try:
            with transaction.atomic():
                take_turn()
                _refuse_founded()
                loaded = load_strategy_folder(folder, data=folder, scope=scope, at=at)
                _hand_over(scope=scope, at=at)
                return loaded
        except FolderRefused as refused:
            raise FolderNotTaken(refused.findings) from refused


def _refuse_founded() -> None:
    """Whatever stands here already is changed by editing and importing, never by founding again."""
    try:
        here = known_organisation()
    except NotFounded:
        return
    raise FoundedAlready(here=here.name)


def _hand_over(*, scope: Scope, at: datetime) -> None:
    grant_founder_memberships(root_unit(), scope=scope, at=at)
    subject = f"organisation/{known_organisation().key}"
    audit.record(OrganisationFounded(subject, "folder"), scope=scope, at=at)
