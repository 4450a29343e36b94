"""The policies as decided, over their defaults."""

from fourfold.engine.definitions import PolicyValue
from fourfold.platform.policies.models import PolicyVersion

__all__ = ["known_policies"]


def known_policies(as_of_seq: int | None = None) -> tuple[PolicyValue, ...]:
    """Every decided value as known at a place of the ledger, in listed order."""
    rows = PolicyVersion.objects.known_at(as_of_seq).order_by("ordinal", "pk")
    return tuple(PolicyValue(row.key, row.value, row.scope, row.version, row.reason) for row in rows)
