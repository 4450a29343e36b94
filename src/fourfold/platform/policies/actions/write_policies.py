"""Write the policies as a definition names them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import PolicyValue
from fourfold.engine.policies import Policies, PolicyWrong
from fourfold.platform.audit.changes import Changes
from fourfold.platform.policies.models import PolicyVersion
from fourfold.platform.refusals import Refusal

__all__ = ["PolicyRefused", "policy_name", "write_policies"]


class PolicyRefused(Refusal):
    code, status = "POLICY_WRONG", 422
    sentence = _("This policy cannot be taken: {reason}.")
    remedy = _("Design → Policies lists them with their defaults and what each decides.")


def policy_name(value: PolicyValue) -> tuple[str, str, int]:
    """What makes a decided value this one and no other."""
    return value.key, value.scope, value.version


@transaction.atomic
def write_policies(changed: Changes[tuple[str, str, int], PolicyValue], *, seq: int) -> None:
    """Supersede what differs at `seq`. The caller audits."""
    try:
        Policies.of([placed.thing for placed in changed.put])
    except PolicyWrong as error:
        raise PolicyRefused(reason=str(error)) from error
    for key, scope, version in changed.superseded:
        PolicyVersion.objects.filter(key=key, scope=scope, version=version).known_at(None).close(seq=seq)
    PolicyVersion.objects.bulk_create(
        PolicyVersion(
            seq=seq,
            ordinal=placed.ordinal,
            key=placed.thing.key,
            scope=placed.thing.scope,
            value=placed.thing.value,
            version=placed.thing.version,
            reason=placed.thing.reason,
        )
        for placed in changed.put
    )
