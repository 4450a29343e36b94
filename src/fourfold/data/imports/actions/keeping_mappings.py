"""Keep, rename and retire mappings; runs keep the key they were made under."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.data.imports.models import StoredMapping
from fourfold.data.imports.queries.mapping_keepers import free_key, keeping_units, may_change, taken_key
from fourfold.data.imports.queries.mappings import NamedMapping
from fourfold.folder.schema.parts import KEY_PATTERN
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import NotPermitted
from fourfold.scorecard.evaluation.queries.current import root_unit

__all__ = [
    "MappingKeyTaken",
    "MappingKeyWrong",
    "MappingNotYours",
    "MappingRenamed",
    "MappingRetired",
    "MappingSaved",
    "give_way",
    "rename_mapping",
    "retire_mapping",
    "write_mapping",
]

LONGEST_KEY = 64


class MappingKeyTaken(Refusal):
    code, status = "MAPPING_KEY_TAKEN", 409
    sentence = _("There is another mapping “{key}”.")
    remedy = _("Choose another name.")


class MappingNotYours(NotPermitted):
    """Seen and used by everybody, but changed only by whoever kept it and those above."""

    code = "MAPPING_NOT_YOURS"
    sentence = _("The mapping “{key}” belongs to another unit.")
    remedy = _("Keep yours under another name, or ask whoever may keep mappings at a unit above both.")


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
def write_mapping(named: NamedMapping, *, text: str, replaces: str, scope: Scope, at: datetime) -> None:
    """Keep the text that this mapping was read from under its key.

    Where another mapping has that key it is replaced only if `replaces` is that one's edition: whoever keeps one has
    then seen which they replace.

    Raises:
        NotPermitted, MappingKeyWrong, MappingKeyTaken, MappingNotYours.
    """
    scope.require_to(Act.EDIT_MAPPINGS)
    taken = taken_key(_checked(named.key), text=text, scope=scope)
    if taken is None and StoredMapping.objects.filter(key=named.key).exists():
        return  # it says exactly this
    if taken is not None and not taken.may_replace:
        raise MappingNotYours(key=named.key, act=Act.EDIT_MAPPINGS.value, unit="")
    if taken is not None and taken.edition != replaces:
        raise MappingKeyTaken(key=named.key)
    said = {"text": text, "columns": list(named.mapping.wanted), "keeper": scope.person_key, "kept_at": at}
    mapping, _new = StoredMapping.objects.update_or_create(
        key=named.key, defaults={**said, "retired_at": None}
    )
    mapping.units.set(keeping_units(scope))
    audit.record(MappingSaved(f"mapping/{named.key}"), scope=scope, at=at)


@transaction.atomic
def rename_mapping(key: str, *, to: str, scope: Scope, at: datetime) -> None:
    """Give a mapping another key.

    Raises:
        NotPermitted, MappingUnknown, MappingNotYours, MappingKeyTaken, MappingKeyWrong.
    """
    mapping = _changeable(key, scope=scope)
    if to == key:
        return
    if StoredMapping.objects.filter(key=_checked(to)).exists():
        raise MappingKeyTaken(key=to)
    _rename(mapping, to=to, scope=scope, at=at)


def give_way(key: str, *, text: str, scope: Scope, at: datetime) -> None:
    """What somebody kept under a key that a folder brings with another text gets a free one and stays theirs."""
    kept = StoredMapping.objects.filter(key=key).exclude(keeper="").exclude(text=text).first()
    if kept is not None:
        _rename(kept, to=free_key(key), scope=scope, at=at)


def _rename(mapping: StoredMapping, *, to: str, scope: Scope, at: datetime) -> None:
    before = mapping.key
    mapping.key = to
    mapping.text = re.sub(rf"(?m)^key: *{re.escape(before)} *$", f"key: {to}", mapping.text)
    mapping.save(update_fields=["key", "text"])
    audit.record(MappingRenamed(f"mapping/{to}", before=before), scope=scope, at=at)


@transaction.atomic
def retire_mapping(key: str, *, scope: Scope, at: datetime) -> None:
    """Offer a mapping no more; a second time changes nothing.

    Raises:
        NotPermitted, MappingUnknown, MappingNotYours.
    """
    mapping = _changeable(key, scope=scope)
    if mapping.retired_at is not None:
        return
    mapping.retired_at = at
    mapping.save(update_fields=["retired_at"])
    audit.record(MappingRetired(f"mapping/{key}"), scope=scope, at=at)


def _changeable(key: str, *, scope: Scope) -> StoredMapping:
    scope.require_to(Act.EDIT_MAPPINGS)
    mapping = StoredMapping.objects.get_or_refuse(key=key)
    if not may_change(mapping, scope=scope, root=root_unit()):
        raise MappingNotYours(key=key, act=Act.EDIT_MAPPINGS.value, unit="")
    return mapping


def _checked(key: str) -> str:
    if len(key) > LONGEST_KEY or not re.fullmatch(KEY_PATTERN, key):
        raise MappingKeyWrong(key=key)
    return key
