"""What names in a file seem to mean: words people use in headers, keys made of names, units of measure in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from fourfold.engine.quantities import UnknownUnitOfMeasure, unit_of_measure
from fourfold.folder.mapping.part_words import PART_WORDS

__all__ = [
    "ROLE_WORDS",
    "are_units_of_measure",
    "is_usually_a_share",
    "key_of",
    "normalised",
    "role_named",
    "split_part",
    "stated_unit_of_measure",
    "suggested_kind",
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
    **PART_WORDS,
    "segment": ("segment", "category", "product", "channel", "gruppe", "kategorie", "breakdown"),
    "currency": ("currency", "währung"),
    "recorded_at": ("recorded at", "known since"),
    "year": ("year", "jahr", "fiscal year"),
}  # fmt: skip
"""Role → what headers call it. These are other people's words, so they need not be ours."""

_PARTS = ("target", "numerator", "denominator", "n")
_LESS_IS_BETTER = re.compile(
    r"\bcosts?\b|expens|complain|defect|absen|delay|\berrors?\b|waste|\bclaims?\b|injur|accident|downtime|\bwait|leaver|"
    r"emission|co2|overdue|backlog|vacanc|\bfaults?\b|incident|churn|attrition|\bdebts?\b|scrap|rework|kosten|fehler|"
    r"\bsick|\billness|krank|overtime|no-?shows?\b|cancell?ation|refund|penalt|\bfines?\b|mortality|\bdeaths?\b|spoil|"
    r"\blate\b|\blost\b|complication|infection|readmission|\bfalls\b|fluktuation|"
    r"(?:handling|lead|cycle|response|processing|waiting|throughput|turnaround|repair|set-?up|queue|resolution) time|"
    r"time to |duration|length of stay|days sales outstanding"
)
_MORE_IS_BETTER = re.compile(
    r"saving|\bsaved\b|avoided|reduction|[- ]free\b|prevented|recover|closed|resolved|solved|without"
)
_STAFF_TURNOVER = re.compile(
    r"(?:staff|employee|personnel|labou?r|workforce|voluntary|team|nurse|driver)s? turnover|turnover rate|"
    r"turnover of staff"
)
_UNITS_OF_MEASURE = re.compile(
    r"%|‰|pp|€|\$|£|¥|[a-z]{3}/[a-z]+|[kmt]?(?:€|eur|usd|gbp|chf|jpy|cad|aud)|h|hrs?|hours?|min|minutes?|days?|tage?|"
    r"stunden?|weeks?|months?|years?|kg|t|tonnes?|km|kwh|mwh|l|m2|m3|#|no\.?|nr\.?|pcs\.?|pieces?|stk\.?|stück|"
    r"units?|number|count|anzahl|fte|points?|score|percent|prozent|index|ratio"
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
_SHARE = re.compile(
    r"\bmargin|on time|in full|\botif\b|utili[sz]ation|availability|retention|attrition|absen|occupancy|compliance|"
    r"conversion|\byield\b|fill rate|first (?:time|contact|pass)|adoption|coverage|satisfied|\bshare\b|punctual|uptime"
)
_UNADDED = re.compile(
    r"\bscore|\bratings?\b|\bindex\b|\baverage\b|\bavg\b|\bmean\b|\bmedian\b|satisfaction|\bnps\b|\blevel\b|temperature|\bratio\b|"
    r"(?<!\blost )(?<!\bfull )(?<!\bpart )\btime\b|duration|length of stay|\bper\b|\bdurchschnitt"
)
_MOVES = re.compile(
    r"\b(?:new|lost|won|gained|acquired|signed|added|hired|joined|left|leavers?|joiners?|sold|arrivals?|admissions?)\b"
)
_LEVELS = re.compile(
    r"headcount|employees|\bstaff\b|customers|members|balance|\bstock\b|inventory|\bbeds\b|backlog|subscribers|\bfte\b"
)
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
    if found := _STAFF_TURNOVER.search(lower.replace("_", " ")):
        return "%", found[0]
    for pattern, symbol in ((_PERCENT, "%"), (_MONEY, currency)):
        if found := pattern.search(lower.replace("_", " ")):
            return symbol, found[0]
    if found := _DAYS.search(name.replace("_", " ")):
        return found[1] if found[1] in ("kWh", "kg", "km") else found[1].lower(), found[0]
    return "1", ""


def are_units_of_measure(texts: Iterable[str]) -> bool:
    """Whether a column says what is counted, not for whom: headers call both of them “unit”.

    >>> are_units_of_measure(["EUR", "%", ""]), are_units_of_measure(["North", "South"])
    (True, False)
    """
    said = {text.strip().casefold() for text in texts if text.strip()}
    return bool(said) and all(_UNITS_OF_MEASURE.fullmatch(text) for text in said)


def wanted_way(name: str) -> str:
    """`minimise` where the name is of something nobody wants more of.

    >>> wanted_way("Staff turnover"), wanted_way("Sick days"), wanted_way("Cost savings")
    ('minimise', 'minimise', 'maximise')
    """
    plain = name.casefold().replace("_", " ")
    is_less = _LESS_IS_BETTER.search(plain) or _STAFF_TURNOVER.search(plain)
    return "minimise" if is_less and not _MORE_IS_BETTER.search(plain) else "maximise"


def is_usually_a_share(name: str) -> bool:
    """Whether what is called so is mostly told as a percentage."""
    return bool(_SHARE.search(normalised(name)))


def suggested_kind(name: str, *, symbol: str) -> tuple[str, str]:
    """How values of this name add up, and why it seems so: what cannot be added is never proposed as a sum.

    >>> suggested_kind("New customers", symbol="1")[0], suggested_kind("Customers", symbol="1")[0]
    ('flow', 'stock')
    """
    plain = normalised(name)
    if symbol in ("%", "‰", "pp"):
        return "precomputed", "Percentages cannot be added up."
    if "/" in symbol or (found := _UNADDED.search(plain)):
        word = symbol if "/" in symbol else found[0] if found else ""
        return "precomputed", f"“{word}” cannot be added up."
    if found := _MOVES.search(plain):
        return "flow", f"“{found[0]}” is counted anew each period."
    if found := _LEVELS.search(plain):
        return "stock", f"“{found[0]}” is a level, not a sum over time."
    return "flow", ""
