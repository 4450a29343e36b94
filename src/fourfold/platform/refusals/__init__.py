"""An expected "no": one base class, one handler per surface, a stable code and a remedy."""

from fourfold.platform.refusals.refusal import Refusal

__all__ = ["Refusal"]
