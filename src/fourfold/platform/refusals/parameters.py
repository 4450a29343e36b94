"""What an address of the API may be asked besides its path: a parameter that it does not know is never swallowed."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals.refusal import Refusal

__all__ = ["NoParameters", "NotAsOf", "ParameterUnknown", "require_known"]


class ParameterUnknown(Refusal):
    code, status = "PARAMETER_UNKNOWN", 422
    sentence = _("This address takes no “{parameter}”.")
    remedy = _("It may be asked {known}; leave the rest out.")


class NoParameters(Refusal):
    code, status = "PARAMETER_UNKNOWN", 422
    sentence = _("This address takes no “{parameter}”.")
    remedy = _("Leave it out: the path says everything.")


class NotAsOf(Refusal):
    code, status = "AS_OF_UNKNOWN_HERE", 422
    sentence = _("What is told here is as known now; it cannot be asked as of a day.")
    remedy = _("Leave as_of out. All routes but evidence can be asked as of a day.")


def require_known(request: HttpRequest, *known: str) -> None:
    """Refuse what this address would ignore: who asks for the past must not be given the present without a word.

    Raises:
        NotAsOf, NoParameters, ParameterUnknown.
    """
    for parameter in request.GET:
        if parameter in known:
            continue
        if parameter == "as_of":
            raise NotAsOf
        if not known:
            raise NoParameters(parameter=parameter)
        raise ParameterUnknown(parameter=parameter, known=", ".join(known))
