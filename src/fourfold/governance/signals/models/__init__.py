"""Decisions on limits, append-only."""
