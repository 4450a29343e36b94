"""What may be done to the journal: one thing."""

from fourfold.platform.audit.actions.record import Recorded, record, subscribe

__all__ = ["Recorded", "record", "subscribe"]
