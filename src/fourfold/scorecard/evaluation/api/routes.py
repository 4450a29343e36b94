"""`/api/v1/scorecards/…`."""

from ninja import Router

__all__ = ["router"]

router = Router(tags=["scorecards"])
