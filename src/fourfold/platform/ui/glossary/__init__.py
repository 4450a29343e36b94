"""Every word of the house, explained once and shown wherever it stands."""

from fourfold.platform.ui.glossary.terms import TERMS, Term

__all__ = ["TERMS", "Term"]
