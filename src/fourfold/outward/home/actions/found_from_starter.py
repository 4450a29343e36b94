"""Found an organisation from one of the templates."""

from datetime import datetime

from fourfold.outward.home.actions.founding import found
from fourfold.outward.home.actions.new_organisation import NewOrganisation, adopted, frame_only
from fourfold.outward.home.queries.starters import starter_definitions
from fourfold.platform.accounts.scope import Scope

__all__ = ["found_frame", "found_from_starter"]


def found_from_starter(starter: str, organisation: NewOrganisation, *, scope: Scope, at: datetime) -> bool:
    """Units, strategy, map and measures of the template; no value and no target. False: it stood already.

    Raises:
        StarterUnknown, NotPermitted, FoundedAlready, ZoneUnknown.
    """
    definitions = adopted(starter_definitions(starter), organisation)
    return found(definitions, way=f"starter {starter}", scope=scope, at=at)


def found_frame(starter: str, organisation: NewOrganisation, *, scope: Scope, at: datetime) -> bool:
    """Strategy and map of the template, and one unit; units and measures come with the founder's own file.

    Raises:
        StarterUnknown, NotPermitted, FoundedAlready, ZoneUnknown.
    """
    definitions = adopted(frame_only(starter_definitions(starter)), organisation)
    return found(definitions, way=f"spreadsheet {starter}", scope=scope, at=at)
