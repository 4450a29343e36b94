"""A refusal where a form shows it: sentence and remedy, and the code that finds it in the documentation."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from fourfold.platform.refusals.refusal import Refusal

__all__ = ["told_in_form"]


def told_in_form(refusal: Refusal) -> SafeString:
    """For a field's errors and for messages; texts are escaped, as they may hold what somebody typed.

    One element, because an error is laid out in a row with what stands before it.
    """
    words = f"{refusal.told_sentence} {refusal.told_remedy}".strip()
    return format_html('<span>{} <code class="refusal-code">{}</code></span>', words, refusal.code)
