"""The balance's numbers stand beside the borders that the organisation decided."""

from fourfold.engine.balance import Balance, BalanceBorders
from fourfold.governance.evidence.pages.overview import balance_lines

LEAN = Balance(12, 0.30, 0.40, 0.2, 0.9, 0.7)


def test_by_default_the_borders_are_those_of_the_method():
    lines = balance_lines(LEAN, BalanceBorders())

    assert [line.is_fine for line in lines] == [False, False, None, False, True]
    assert [line.border for line in lines] == [
        "at least 35 %",
        "at most 35 %",
        "",
        "at least 80 %",
        "at least 0.85",
    ]


def test_a_border_that_was_decided_counts_instead():
    decided = BalanceBorders(lead_share_least=0.25, financial_share_most=0.5, lead_coverage_least=0.6)

    assert [line.is_fine for line in balance_lines(LEAN, decided)] == [True, True, None, True, True]
