"""The preview of a large file, as a job left it beside the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from fourfold.data.imports.models import Upload
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.data.imports.queries.preview import ImportPreview
from fourfold.data.imports.queries.shown_changes import ShownChange
from fourfold.data.imports.queries.uploads import KeptFile
from fourfold.folder import Finding
from fourfold.folder.finding import Level
from fourfold.folder.mapping.files import FileKind
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope

__all__ = ["KeptPreview", "is_previewed_at_once", "kept_preview", "preview_name", "preview_text"]

AT_ONCE = 2 << 20
"""Bytes. Two megabytes of text, some fifty thousand rows, are read and compared in about a second."""

AT_ONCE_PACKED = 256 << 10
"""Bytes of a workbook or Parquet file: its text is some eight times as long."""


@dataclass(frozen=True, slots=True)
class KeptPreview:
    """What the file would have done at `made_at`, when the ledger stood at `seq`."""

    preview: ImportPreview
    made_at: datetime
    seq: int


def is_previewed_at_once(file: KeptFile) -> bool:
    """Whether a request may read the whole file: a page waits at most a second or two."""
    return file.size <= (AT_ONCE if file.kind == FileKind.CSV else AT_ONCE_PACKED)


def kept_preview(request: ImportRequest, *, scope: Scope) -> KeptPreview | None:
    """What was left for exactly this decision by somebody of these rights; None: nothing yet.

    Raises:
        NotPermitted, UploadUnknown.
    """
    scope.require_to(Act.IMPORT_VALUES)
    upload = Upload.objects.visible_to(scope).get_or_refuse(reference=request.file)
    try:
        text = (upload.folder / preview_name(request, scope=scope)).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return _of_json(json.loads(text))


def preview_name(request: ImportRequest, *, scope: Scope) -> str:
    """The name of its file: whoever sees other units by now, or decided otherwise, finds none."""
    decided = [request.to_payload(), sorted(scope.unit_keys), scope.sees_everything]
    spelt = json.dumps(decided, sort_keys=True).encode()
    return f"preview-{hashlib.sha256(spelt).hexdigest()[:32]}.json"


def preview_text(preview: ImportPreview, *, made_at: datetime, seq: int) -> str:
    """As `kept_preview` reads it."""
    return json.dumps({"preview": asdict(preview), "made_at": made_at.isoformat(), "seq": seq})


def _of_json(kept: Mapping[str, Any]) -> KeptPreview:
    plain = kept["preview"]
    lists = {
        "units": tuple(ProposedUnit(**each) for each in plain["units"]),
        "measures": tuple(ProposedMeasure(**each) for each in plain["measures"]),
        "changes": tuple(ShownChange(**each) for each in plain["changes"]),
        "target_changes": tuple(ShownChange(**each) for each in plain.get("target_changes", ())),
        "findings": tuple(Finding(**{**each, "level": Level(each["level"])}) for each in plain["findings"]),
        "ignored": tuple((reason, count) for reason, count in plain["ignored"]),
        "refused_for": tuple((code, count) for code, count in plain.get("refused_for", ())),
        "not_added": tuple(plain.get("not_added", ())),
    }
    preview = ImportPreview(**{**plain, **lists})
    return KeptPreview(preview, datetime.fromisoformat(kept["made_at"]), kept["seq"])
