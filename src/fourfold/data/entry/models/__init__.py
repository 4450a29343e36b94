"""Drafts, notes on values, and restatements: one aggregate a file."""

from fourfold.data.entry.models.draft import EntryDraft
from fourfold.data.entry.models.note import ObservationNote
from fourfold.data.entry.models.reminder import ReminderSent
from fourfold.data.entry.models.restatement import (
    RestatedValue,
    Restatement,
    RestatementClass,
    RestatementState,
    RestatementUnknown,
    RestatementVerdict,
)

__all__ = [
    "EntryDraft",
    "ObservationNote",
    "ReminderSent",
    "RestatedValue",
    "Restatement",
    "RestatementClass",
    "RestatementState",
    "RestatementUnknown",
    "RestatementVerdict",
]
