"""The linter of an objective's wording, with a hint for each finding (METHOD §3.3)."""

from fourfold.engine.wording.rules import check_wording

__all__ = ["check_wording"]
