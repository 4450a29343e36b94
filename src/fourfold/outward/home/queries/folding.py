"""Letters as they are compared: without accents and case, in Python and, by the same function, in the database."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, TypeVar, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func, Model, Q, QuerySet, Value
from django.db.models.functions import Concat

__all__ = ["Folded", "folded", "give_folding", "having_words"]

M = TypeVar("M", bound=Model)

# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"}
)


def folded(text: str) -> str:
    """The text as it is compared.

    >>> folded("Straße, Łódź, CRÈME")
    'strasse, lodz, creme'
    """
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(each for each in apart if not unicodedata.combining(each)).translate(_PLAIN)


class Folded(Func):
    """`folded` of a column. No index helps: every text in scope is read, a million short ones in a second or two."""

    function = "fourfold_folded"
    output_field = CharField()


def give_folding(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Lend every new connection the function; only SQLite takes one of ours."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("fourfold_folded", 1, _folded_text, deterministic=True)


def _folded_text(text: str | None) -> str:
    return folded(text or "")


def having_words(rows: QuerySet[M], words: Sequence[str], *, columns: Sequence[str]) -> QuerySet[M]:
    """Those rows in whose texts every word stands; the words are folded already."""
    text = Concat(*[part for column in columns for part in (column, Value("\n"))], Value(""))
    every = Q()
    for word in words:
        every &= Q(folded_text__contains=word)
    return cast("QuerySet[M]", rows.alias(folded_text=Folded(text)).filter(every))
