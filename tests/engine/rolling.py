"""When two roll-ups are the same to the last bit."""

from dataclasses import fields

from fourfold.engine.rollup import RollupBlock


def same_bits(one: RollupBlock, other: RollupBlock) -> bool:
    """NaN equals NaN, and nothing is close enough but equal."""
    names = [field.name for field in fields(RollupBlock)]
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in names)
