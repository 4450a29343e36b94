"""Write the organisation as a definition names it."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Organisation
from fourfold.platform.periods.models import OrganisationVersion
from fourfold.platform.periods.queries import calendar_as_json
from fourfold.platform.refusals import Refusal

__all__ = ["ZoneUnknown", "write_organisation"]


class ZoneUnknown(Refusal):
    code, status = "ZONE_UNKNOWN", 422
    sentence = _("“{time_zone}” is not an IANA time zone.")
    remedy = _("Write it like Europe/Berlin.")


@transaction.atomic
def write_organisation(organisation: Organisation, *, seq: int) -> None:
    """Supersede what was known of the organisation at `seq`. The caller audits."""
    try:
        ZoneInfo(organisation.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ZoneUnknown(time_zone=organisation.time_zone) from error
    OrganisationVersion.objects.known_at(None).close(seq=seq)
    OrganisationVersion.objects.create(
        seq=seq,
        key=organisation.key,
        name=organisation.name,
        time_zone=organisation.time_zone,
        currency=organisation.currency,
        calendar=calendar_as_json(organisation.calendar),
        clock=organisation.clock,
    )
