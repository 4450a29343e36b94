"""What headers and cells call the parts of a value. These are other people's words, so they need not be ours."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["LEAVE_OUT", "PART_WORDS", "part_said", "said_part"]

PART_WORDS: Mapping[str, tuple[str, ...]] = {
    "value": (
        "value", "actual", "actuals", "result", "amount", "ist", "wert", "reading", "réel", "réalisé", "real", "valor",
    ),
    "target": (
        "target", "plan", "budget", "goal", "soll", "ziel", "planned", "aim", "objectif", "cible", "prévu", "objetivo",
        "meta", "presupuesto", "previsto",
    ),
    "numerator": ("numerator", "zähler"),
    "denominator": ("denominator", "nenner", "base"),
    "n": ("n", "count", "responses", "answers", "sample", "sample size", "respondents"),
}  # fmt: skip
"""Part → its words, in lower case."""

LEAVE_OUT = "leave_out"
"""Said of rows that hold neither a value nor a target."""

_OF_ROWS: Mapping[str, tuple[str, ...]] = {
    # What is expected, what was once, and what differs: neither happened nor was it wanted.
    LEAVE_OUT: (
        "forecast", "forecasts", "fc", "fcst", "outlook", "estimate", "estimates", "latest estimate", "le",
        "projection", "projected", "expected", "prognose", "hochrechnung", "vorschau", "erwartung", "fortschreibung",
        "prévision", "prévisions", "prévisionnel", "estimation", "estimé", "atterrissage", "projeté",
        "previsión", "previsiones", "pronóstico", "estimación", "estimado", "proyección", "proyectado",
        "prior year", "previous year", "last year", "py", "ly", "vorjahr", "vj", "année précédente", "n-1",
        "año anterior", "variance", "var", "difference", "diff", "delta", "deviation", "abweichung", "differenz",
        "écart", "variation", "variación", "desviación", "diferencia",
    ),
    "value": (
        *PART_WORDS["value"], "values", "results", "realised", "realized", "actual value", "istwert", "ist-wert",
        "istwerte", "werte", "tatsächlich", "réels", "réalisée", "réalisés", "valeur", "valeurs", "constaté",
        "reales", "valores", "realizado", "ejecutado",
    ),
    "target": (
        *PART_WORDS["target"], "targets", "plans", "budgets", "budgeted", "goals", "target value", "sollwert",
        "soll-wert", "sollwerte", "zielwert", "ziel-wert", "ziele", "planwert", "plan-wert", "planwerte", "geplant",
        "objectifs", "cibles", "planifié", "budgété", "objetivos", "metas", "planificado", "presupuestado",
    ),
}  # fmt: skip
_PART_OF = {word: part for part, words in _OF_ROWS.items() for word in words}
_YEAR_OR_NUMBER = re.compile(r"\b(?:fy|gj)?\s?(?:\d{4}|\d{1,2}(?:\s?\+\s?\d{1,2})?)\b")


def part_said(text: str) -> str:
    """Which part of a value a word says a row holds: `value`, `target`, `LEAVE_OUT`, or nothing.

    >>> part_said("Actual"), part_said("Soll-Wert"), part_said("Forecast 3+9"), part_said("North")
    ('value', 'target', 'leave_out', '')
    """
    plain = " ".join(text.casefold().replace("_", " ").split())
    bare = " ".join(_YEAR_OR_NUMBER.sub(" ", plain).split()).strip(" .:()")
    return _PART_OF.get(plain) or _PART_OF.get(bare, "")


def said_part(name: str) -> tuple[str, str]:
    """The part that the first or last words of a heading say, and the rest of it; nothing and all of it otherwise.

    >>> said_part("Forecast Jan 2026"), said_part("Sales Actual"), said_part("Plan"), said_part("Sales")
    (('leave_out', 'Jan 2026'), ('value', 'Sales'), ('target', ''), ('', 'Sales'))
    """
    words = name.split()
    for most in (2, 1):
        ends = ((words[:most], words[most:]), (words[-most:], words[:-most])) if len(words) >= most else ()
        for said, rest in ends:
            if part := part_said(" ".join(said)):
                return part, " ".join(rest).strip(" -–:/")
    return "", name
