"""Put somebody's name and e-mail address right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.actions.leaving import managed_person
from fourfold.platform.accounts.models import Invitation, Person
from fourfold.platform.accounts.queries import PersonDetails, details_of
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import ChangedMeanwhile

__all__ = [
    "AddressChanged",
    "AddressTaken",
    "DetailsOvertaken",
    "PersonRenamed",
    "change_person",
    "rename_oneself",
]


class AddressTaken(Refusal):
    """One answer for an address of somebody in sight, out of sight, gone or only invited: a guesser learns no more."""

    code, status = "ADDRESS_TAKEN", 409
    sentence = _("This address cannot be used: an account or an open invitation has it already.")
    remedy = _("Choose another one, or leave it empty: whoever has none signs in by the key.")


class DetailsOvertaken(ChangedMeanwhile):
    """Carries what somebody else wrote meanwhile, so that the form can show both and save knowingly."""

    def __init__(self, theirs: PersonDetails) -> None:
        super().__init__()
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class PersonRenamed(Event):
    """What somebody was called before, and is called now."""

    before: str
    name: str


@dataclass(frozen=True, slots=True)
class AddressChanged(Event):
    """Whose e-mail address became another; never which."""


@transaction.atomic
def change_person(
    key: str, details: PersonDetails, *, edition_seen: str, scope: Scope, at: datetime
) -> PersonDetails:
    """Write name and address of somebody one manages; answers what stood before.

    With the address goes every link that was sent to the old one: to reset a password, to confirm, or to come in.

    Raises:
        NotPermitted: a role of theirs lies outside what the actor manages. PersonUnknown, DetailsOvertaken,
            AddressTaken.
    """
    person = managed_person(key, scope=scope)
    return _changed(person, details, edition_seen=edition_seen, scope=scope, at=at)


@transaction.atomic
def rename_oneself(name: str, *, edition_seen: str, scope: Scope, at: datetime) -> None:
    """Write one's own name.

    Raises:
        DetailsOvertaken.
    """
    person = Person.objects.select_for_update().get(key=scope.person_key)
    details = PersonDetails(name, person.email)
    _changed(person, details, edition_seen=edition_seen, scope=scope, at=at)


def _changed(
    person: Person, details: PersonDetails, *, edition_seen: str, scope: Scope, at: datetime
) -> PersonDetails:
    before = details_of(person)
    if edition_seen != before.edition:
        raise DetailsOvertaken(before)
    wanted = PersonDetails(details.name, details.email.lower())
    if wanted.email != before.email:
        _require_free(wanted.email, person=person)
        EmailAddress.objects.filter(user=person).delete()
    person.name, person.email = wanted.name, wanted.email
    person.save(update_fields=["name", "email"])
    thing = f"person/{person.key}"
    if wanted.name != before.name:
        audit.record(PersonRenamed(thing, before.name, wanted.name), scope=scope, at=at)
    if wanted.email != before.email:
        audit.record(AddressChanged(thing), scope=scope, at=at)
    return before


def _require_free(email: str, *, person: Person) -> None:
    if not email:
        return
    invited = Invitation.objects.filter(email__iexact=email, accepted_at=None, revoked_at=None)
    others = Person.objects.exclude(pk=person.pk).filter(email__iexact=email)
    if others.exists() or invited.exclude(person=person).exists():
        raise AddressTaken
