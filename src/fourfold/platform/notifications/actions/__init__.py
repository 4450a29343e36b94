"""Telling people, and being told that they have read it."""

from fourfold.platform.notifications.actions.notify import notify

__all__ = ["notify"]
