"""What names in a file seem to mean: words people use in headers, keys made of names, units of measure in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from fourfold.engine.quantities import UnknownUnitOfMeasure, unit_of_measure

__all__ = [
    "ROLE_WORDS",
    "key_of",
    "normalised",
    "role_named",
    "split_part",
    "stated_unit_of_measure",
    "wanted_way",
]

LONGEST_KEY = 60
ROLE_WORDS = {
    "unit_of_measure": ("unit of measure", "uom", "einheit"),
    "unit": (
        "unit", "site", "shop", "store", "branch", "location", "department", "region", "team", "entity", "facility",
        "hospital", "provider", "plant", "office", "agency", "station", "division", "country", "standort", "filiale",
        "abteilung", "org", "organisation", "organization", "unit name", "business unit", "area", "ward", "school",
    ),
    "measure": ("measure", "indicator", "metric", "kpi", "measure name", "kennzahl", "series", "variable"),
    "period": ("period", "month", "date", "quarter", "week", "day", "monat", "datum", "quartal", "reporting period"),
    "value": ("value", "actual", "result", "amount", "ist", "wert", "reading"),
    "target": ("target", "plan", "budget", "goal", "soll", "ziel", "planned", "aim"),
    "numerator": ("numerator", "zähler"),
    "denominator": ("denominator", "nenner", "base"),
    "n": ("n", "count", "responses", "answers", "sample", "sample size", "respondents"),
    "segment": ("segment", "category", "product", "channel", "gruppe", "kategorie", "breakdown"),
    "currency": ("currency", "währung"),
    "recorded_at": ("recorded at", "known since"),
    "year": ("year", "jahr", "fiscal year"),
}  # fmt: skip
"""Role → what headers call it. These are other people's words, so they need not be ours."""

_PARTS = ("target", "numerator", "denominator", "n")
_LESS_IS_BETTER = re.compile(
    r"cost|expens|complain|defect|absen|delay|error|waste|claim|injur|accident|downtime|wait|leaver|turnover rate|"
    r"emission|co2|overdue|lead time|backlog|vacanc|fault|incident|churn|debt|scrap|kosten|fehler|late"
)
_BRACKETS = re.compile(r"[(\[]\s*([^)\]]{1,20})\s*[)\]]")
_SYMBOLS = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "hrs": "h",
    "hr": "h",
    "mins": "min",
    "percent": "%",
}
_DAYS = re.compile(r"\b(days?|hours?|minutes?|kg|km|kWh)\b", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bpercent|\bpct\b|\brate\b|\bshare\b|\bquote\b")
_MONEY = re.compile(
    r"\b(revenue|sales|turnover|cost|costs|expenses|profit|budget|spend|income|umsatz|kosten)\b"
)


def normalised(text: str) -> str:
    """Lower case, words parted by single spaces, brackets dropped."""
    plain = _BRACKETS.sub(" ", text)
    return " ".join(re.sub(r"[\W_]+", " ", plain.casefold()).split())


def role_named(name: str) -> str:
    """The role a header names outright; empty where it names none."""
    plain = normalised(name)
    return next((role for role, words in ROLE_WORDS.items() if plain in words), "")


def split_part(name: str) -> tuple[str, str]:
    """`Sales target` → (`sales`, `target`): a number column may say of which measure it is which part.

    >>> split_part("Sales target"), split_part("rating_n"), split_part("Sales")
    (('sales', 'target'), ('rating', 'n'), ('sales', 'value'))
    """
    words = normalised(name).split()
    for part in _PARTS:
        if len(words) > 1 and words[-1] in ROLE_WORDS[part]:
            return " ".join(words[:-1]), part
        if len(words) > 1 and part == "target" and words[0] in ROLE_WORDS[part]:
            return " ".join(words[1:]), part
    return " ".join(words), "value"


def key_of(text: str, taken: Collection[str] = (), *, otherwise: str = "item") -> str:
    """A key made of a name, and not one of those taken.

    >>> key_of("Übersee – Nord 2"), key_of("2026 plan"), key_of("Nord", {"nord"})
    ('ubersee-nord-2', 'item-2026-plan', 'nord-2')
    """
    plain = (
        unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss")).encode("ascii", "ignore").decode()
    )
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].strip("-")
    if not slug[:1].isalpha():
        slug = f"{otherwise}-{slug}".strip("-")
    found, number = slug, 2
    while found in taken:
        found, number = f"{slug}-{number}", number + 1
    return found


def stated_unit_of_measure(name: str, *, currency: str) -> tuple[str, str]:
    """The unit of measure a header states or suggests, and the word it was; `1` and nothing where there is none."""
    bracketed = _BRACKETS.search(name)
    if bracketed:
        text = _SYMBOLS.get(bracketed[1].strip(), bracketed[1].strip())
        try:
            return unit_of_measure(text).symbol, bracketed[0]
        except UnknownUnitOfMeasure:
            pass
    lower = name.casefold()
    for pattern, symbol in ((_PERCENT, "%"), (_MONEY, currency)):
        if found := pattern.search(lower.replace("_", " ")):
            return symbol, found[0]
    if found := _DAYS.search(name.replace("_", " ")):
        return found[1] if found[1] in ("kWh", "kg", "km") else found[1].lower(), found[0]
    return "1", ""


def wanted_way(name: str) -> str:
    """`minimise` where the name is of something nobody wants more of."""
    return "minimise" if _LESS_IS_BETTER.search(name.casefold()) else "maximise"
