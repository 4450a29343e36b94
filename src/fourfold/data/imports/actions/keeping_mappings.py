"""Save, rename and retire mappings; runs keep the key they were made under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.models import StoredMapping
from fourfold.data.imports.queries.mappings import mapping_in_text
from fourfold.folder.schema.parts import KEY_PATTERN
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal

__all__ = [
    "MappingKeyTaken",
    "MappingKeyWrong",
    "MappingRenamed",
    "MappingRetired",
    "MappingSaved",
    "rename_mapping",
    "retire_mapping",
    "save_mapping",
    "write_mapping",
]

LONGEST_KEY = 64


class MappingKeyTaken(Refusal):
    code, status = "MAPPING_KEY_TAKEN", 409
    sentence = _("There is another mapping “{key}”.")
    remedy = _("Choose another name.")


class MappingKeyWrong(Refusal):
    code, status = "MAPPING_KEY_WRONG", 422
    sentence = _("“{key}” is no key.")
    remedy = _("Use lower-case letters and digits with hyphens between, a letter first.")


@dataclass(frozen=True, slots=True)
class MappingSaved(Event):
    """A mapping is new or says something else."""


@dataclass(frozen=True, slots=True)
class MappingRenamed(Event):
    """What it was called before."""

    before: str


@dataclass(frozen=True, slots=True)
class MappingRetired(Event):
    """A mapping is not offered any more."""


@transaction.atomic
def save_mapping(key: str, *, text: str, scope: Scope, at: datetime) -> None:
    """Keep a mapping document under a key; one that is there says from now on what the text says.

    Raises:
        NotPermitted, MappingKeyWrong, MappingRefused.
    """
    mapping_in_text(_checked(key), text)
    write_mapping(key, text=text, scope=scope, at=at)


@transaction.atomic
def write_mapping(key: str, *, text: str, scope: Scope, at: datetime) -> None:
    """The same for a text that was read already.

    Raises:
        NotPermitted, MappingKeyWrong.
    """
    scope.require_to(Act.EDIT_MAPPINGS)
    known = StoredMapping.objects.filter(key=_checked(key)).first()
    if known is not None and known.text == text and known.retired_at is None:
        return
    StoredMapping.objects.update_or_create(key=key, defaults={"text": text, "retired_at": None})
    audit.record(MappingSaved(f"mapping/{key}"), scope=scope, at=at)


@transaction.atomic
def rename_mapping(key: str, *, to: str, scope: Scope, at: datetime) -> None:
    """Give a mapping another key.

    Raises:
        NotPermitted, MappingUnknown, MappingKeyTaken, MappingKeyWrong.
    """
    scope.require_to(Act.EDIT_MAPPINGS)
    mapping = StoredMapping.objects.get_or_refuse(key=key)
    if to == key:
        return
    if StoredMapping.objects.filter(key=_checked(to)).exists():
        raise MappingKeyTaken(key=to)
    mapping.key = to
    mapping.text = re.sub(rf"(?m)^key: *{re.escape(key)} *$", f"key: {to}", mapping.text)
    mapping.save(update_fields=["key", "text"])
    audit.record(MappingRenamed(f"mapping/{to}", before=key), scope=scope, at=at)


@transaction.atomic
def retire_mapping(key: str, *, scope: Scope, at: datetime) -> None:
    """Offer a mapping no more; a second time changes nothing.

    Raises:
        NotPermitted, MappingUnknown.
    """
    scope.require_to(Act.EDIT_MAPPINGS)
    mapping = StoredMapping.objects.get_or_refuse(key=key)
    if mapping.retired_at is not None:
        return
    mapping.retired_at = at
    mapping.save(update_fields=["retired_at"])
    audit.record(MappingRetired(f"mapping/{key}"), scope=scope, at=at)


def _checked(key: str) -> str:
    if len(key) > LONGEST_KEY or not re.fullmatch(KEY_PATTERN, key):
        raise MappingKeyWrong(key=key)
    return key
