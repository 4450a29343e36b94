"""The mappings that are offered, and which of them fits a file."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from django.db.models import Count, Max

from fourfold.data.imports.models import ImportRun, StoredMapping
from fourfold.data.imports.queries.mapping_keepers import may_change
from fourfold.folder.belonging import Fields
from fourfold.folder.document import read_document
from fourfold.folder.mapping.look import MappingDraft, draft_of_document
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.current import root_unit

__all__ = ["ListedMapping", "draft_of", "mapping_for", "mappings_listed"]


@dataclass(frozen=True, slots=True)
class ListedMapping:
    """A mapping, the columns it needs, how often it was used as far as one sees the imports, and whether whoever looks
    may change it."""

    key: str
    columns: tuple[str, ...]
    runs: int
    last_used: datetime | None
    may_change: bool = False


def mappings_listed(*, scope: Scope) -> tuple[ListedMapping, ...]:
    """By key, without the retired ones. Four queries, however many there are; no document is read.

    Raises:
        NotPermitted.
    """
    scope.require_to(Act.IMPORT_VALUES)
    used = {
        key: (count, last)
        for key, count, last in ImportRun.objects.visible_to(scope)
        .values_list("mapping_key")
        .annotate(Count("pk"), Max("at"))
        .order_by("mapping_key")
    }
    root = root_unit()
    stored = StoredMapping.objects.filter(retired_at=None).defer("text").prefetch_related("units")
    return tuple(
        ListedMapping(
            each.key,
            tuple(each.columns),
            *used.get(each.key, (0, None)),
            may_change=may_change(each, scope=scope, root=root),
        )
        for each in stored.order_by("key")
    )


def mapping_for(header: Sequence[str], *, scope: Scope) -> str | None:
    """The mapping that needs the most columns, all of which are there."""
    there = set(header)
    fitting = [each for each in mappings_listed(scope=scope) if each.columns and there >= set(each.columns)]
    return max(fitting, key=lambda each: (len(each.columns), each.runs)).key if fitting else None


def draft_of(key: str) -> MappingDraft | None:
    """A stored mapping as a form edits it; None: it says more than a form can.

    Raises:
        MappingUnknown.
    """
    stored = StoredMapping.objects.get_or_refuse(key=key)
    with tempfile.TemporaryDirectory(prefix="fourfold-mapping-") as folder:
        path = Path(folder) / "mapping.yaml"
        path.write_text(stored.text, encoding="utf-8")
        document, _ = read_document(path, path.name)
    return draft_of_document(cast("Fields", document.value)) if document is not None else None
