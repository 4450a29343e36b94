"""Write the people as a definition names them; never a credential."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from fourfold.engine import definitions
from fourfold.platform.accounts.actions.administrators import has_administrator, keep_an_administrator
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.roles import Role
from fourfold.platform.audit.changes import Changes
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import Unit

__all__ = ["RoleUnknown", "write_people"]


class RoleUnknown(Refusal):
    code, status = "ROLE_UNKNOWN", 422
    sentence = _("There is no role “{role}” (person “{person}”).")
    remedy = _("Use one of: {known}.")


@transaction.atomic
def write_people(changed: Changes[str, definitions.Person]) -> None:
    """Bring people and roles in line; whoever is gone can no longer sign in. The caller audits.

    Raises:
        LastAdministrator: there was one, and these people would leave none. RoleUnknown, UnitUnknown.
    """
    had_administrator = has_administrator()
    for placed in changed.put:
        _write(placed.thing, ordinal=placed.ordinal)
    Person.objects.filter(key__in=changed.gone).update(is_active=False, session_epoch=F("session_epoch") + 1)
    if had_administrator:
        keep_an_administrator()


def _write(person: definitions.Person, *, ordinal: int) -> None:
    row = Person.objects.filter(key=person.key).first()
    if row is None:
        row = Person.objects.create_user(person.key, name=person.name, email=person.email, ordinal=ordinal)
    else:
        if row.email != person.email.lower():  # a link to the old address must not open the account any more
            EmailAddress.objects.filter(user=row).delete()
        row.name, row.email, row.ordinal, row.is_active = person.name, person.email.lower(), ordinal, True
        row.save(update_fields=["name", "email", "ordinal", "is_active"])
    row.memberships.all().delete()
    for place, membership in enumerate(person.memberships):
        _give(row, membership, ordinal=place)


def _give(row: Person, membership: definitions.Membership, *, ordinal: int) -> None:
    if membership.role not in set(Role):
        known = ", ".join(Role)
        raise RoleUnknown(role=membership.role, person=row.key, known=known)
    unit = Unit.objects.get_or_refuse(key=membership.unit)
    Membership.objects.create(person=row, role=membership.role, unit=unit, ordinal=ordinal)
