"""The policies as decided, over their defaults."""

from fourfold.engine.definitions import PolicyValue
from fourfold.engine.policies import Policies
from fourfold.platform.policies.models import PolicyVersion

__all__ = ["known_policies", "policies_in_force"]


def known_policies(as_of_seq: int | None = None) -> tuple[PolicyValue, ...]:
    """Every decided value as known at a place of the ledger, in listed order."""
    rows = PolicyVersion.objects.known_at(as_of_seq).order_by("ordinal", "pk")
    return tuple(PolicyValue(row.key, row.value, row.scope, row.version, row.reason) for row in rows)


def policies_in_force(as_of_seq: int | None = None) -> Policies:
    """What counts: the highest decided version of each key, else the default."""
    return Policies.of(known_policies(as_of_seq))
