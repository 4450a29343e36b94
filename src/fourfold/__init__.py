"""Fourfold: a self-hosted Balanced Scorecard platform."""

__all__ = ["__version__"]

__version__ = "0.1.0"
