"""What every way of founding has in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions
from fourfold.platform.accounts.actions.grant_role import grant_founder_memberships
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.events import Event
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.periods.queries import known_organisation
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.measures.actions.open_entry import take_turn

__all__ = ["FoundedAlready", "OrganisationFounded", "found", "refuse_another"]


class FoundedAlready(Refusal):
    code, status = "FOUNDED_ALREADY", 409
    sentence = _("This installation belongs to “{here}” already.")
    remedy = _("One installation holds one organisation. What is there can be edited, and files imported.")


@dataclass(frozen=True, slots=True)
class OrganisationFounded(Event):
    """From what: `starter private-company`, `spreadsheet private-company`, `folder`."""

    way: str


@transaction.atomic
def found(definitions: Definitions, *, way: str, scope: Scope, at: datetime) -> bool:
    """Write the first definitions and make the founder administrator, all or nothing.

    Asked again for the same organisation, it changes nothing and answers False: a form sent twice founds once.

    Raises:
        NotPermitted, FoundedAlready, and what `write_definitions` refuses.
    """
    scope.require_to(Act.LOAD_FOLDER)
    take_turn()  # whoever founds at the same moment waits here, and then finds the organisation
    if refuse_another(definitions.organisation.key):
        return False
    write_definitions(definitions, scope=scope, at=at)
    root = next(unit.key for unit in definitions.units if unit.parent is None)
    grant_founder_memberships(root, scope=scope, at=at)
    key = definitions.organisation.key
    audit.record(OrganisationFounded(f"organisation/{key}", way), scope=scope, at=at)
    return True


def refuse_another(key: str) -> bool:
    """Whether the organisation of this key is founded already.

    Raises:
        FoundedAlready: another one is.
    """
    try:
        here = known_organisation()
    except NotFounded:
        return False
    if here.key != key:
        raise FoundedAlready(here=here.name)
    return True
