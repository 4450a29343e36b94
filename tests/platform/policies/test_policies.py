"""What the organisation decided, over the defaults of METHOD §0.5."""

import pytest

from fourfold.engine.definitions import PolicyValue
from fourfold.engine.policies import Policies
from fourfold.platform.audit.changes import changes
from fourfold.platform.policies.actions.write_policies import PolicyRefused, policy_name, write_policies
from fourfold.platform.policies.queries import known_policies


def decide(*values: PolicyValue, seq: int) -> None:
    write_policies(changes(known_policies(), values, key=policy_name), seq=seq)


def in_force(as_of_seq: int | None = None) -> Policies:
    return Policies.of(known_policies(as_of_seq))


def test_an_undecided_policy_has_its_default(db: None) -> None:
    assert in_force().number("score.coverage_min") == 0.75


def test_the_highest_version_counts_as_known_then(db: None) -> None:
    first = PolicyValue("score.coverage_min", "0.5", reason="young")
    decide(first, seq=2)
    decide(first, PolicyValue("score.coverage_min", "0.8", version=2, reason="grown"), seq=5)

    coverage = [in_force(seq).number("score.coverage_min") for seq in (1, 2, 4, 5)]
    assert coverage == [0.75, 0.5, 0.5, 0.8]


@pytest.mark.parametrize(
    "wrong", [PolicyValue("score.coverage", "0.5"), PolicyValue("score.coverage_min", "much")]
)
def test_a_policy_nobody_knows_or_a_value_it_does_not_take_is_refused(db: None, wrong: PolicyValue) -> None:
    with pytest.raises(PolicyRefused):
        decide(wrong, seq=1)
    assert known_policies() == ()
