"""Whether outcomes moved in time, theme by theme (METHOD §3.8)."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fourfold.governance.evidence.pages.effect_wording import EffectTold, theme_sentence
from fourfold.governance.evidence.pages.reading import Evidence
from fourfold.governance.evidence.pages.wording import LinkNames

__all__ = ["ThemeCheck", "TimedLink", "theme_checks", "timed_links"]


@dataclass(frozen=True, slots=True)
class TimedLink:
    """One link of a theme with what its outcome did; `told` is None where no test looked at it."""

    address: str
    names: LinkNames
    told: EffectTold | None


@dataclass(frozen=True, slots=True)
class ThemeCheck:
    """A theme with its sentence; links that share no theme stand under the last."""

    key: str
    name: str
    sentence: str
    links: tuple[TimedLink, ...]


def theme_checks(evidence: Evidence, *, period: str) -> tuple[ThemeCheck, ...]:
    """Every theme with a link between two of its objectives, in listed order. No query."""
    definitions = evidence.book.definitions
    themes_of = {each.key: set(each.themes) for each in definitions.objectives}
    shared = {
        key: themes_of.get(link.source, set()) & themes_of.get(link.target, set())
        for key, link in evidence.links.items()
    }
    named = [
        (each.key, each.name, [key for key in shared if each.key in shared[key]])
        for each in definitions.themes
    ]
    alone = [key for key, themes in shared.items() if not themes]
    named.append(("", _("Across themes") if definitions.themes else _("All links"), alone))
    return tuple(
        ThemeCheck(key, name, theme_sentence([each.told for each in links]), links)
        for key, name, keys in named
        if keys
        for links in (tuple(_timed(evidence, each, period=period) for each in keys),)
    )


def timed_links(evidence: Evidence, *, period: str) -> tuple[TimedLink, ...]:
    """The links whose outcome is a finding: it did not move in time, or the other way."""
    every = (_timed(evidence, key, period=period) for key in evidence.links)
    return tuple(each for each in every if each.told is not None and each.told.is_finding)


def _timed(evidence: Evidence, key: str, *, period: str) -> TimedLink:
    link = evidence.links[key]
    address = reverse("evidence:link", args=[link.source, link.target, evidence.unit, period])
    return TimedLink(address, evidence.names(key), evidence.effect(key))
