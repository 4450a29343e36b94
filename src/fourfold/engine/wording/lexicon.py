"""The English words an objective's name is judged by. British spelling; `as_british` reads the American one too."""

from __future__ import annotations

import re

__all__ = [
    "CONJUNCTIONS",
    "INTENSIFIERS",
    "MEASURE_WORDS",
    "MULTIPLES",
    "NOMINALISATIONS",
    "NOT_ONLY_VERBS",
    "ONE_OFF_NOUNS",
    "ONE_OFF_VERBS",
    "VERBS",
    "as_british",
]

_VERBS = """
accelerate achieve adapt admit advance align anticipate attract automate balance boost broaden build capture clarify
coach connect conserve consolidate contain control create cultivate cut decrease deepen defend deliver develop
differentiate digitise diversify drive earn ease educate elevate eliminate embed empower enable encourage engage
enhance enlarge enrich ensure exceed expand extend foster free fulfil gain generate grow harmonise heighten help hone
improve increase influence inform innovate inspire integrate intensify invest keep lead learn leverage limit link
listen lower maintain make manage master match maximise meet minimise mobilise modernise motivate nurture offer
operate optimise outperform partner personalise plan prevent prioritise promote protect provide raise reach realise
recognise recover recruit reduce refine reinforce renew resolve respect restore retain reuse run safeguard satisfy
secure serve shape share sharpen shorten simplify speed stabilise standardise steer stimulate streamline strengthen
support surpass sustain tailor teach train transform treat unify unlock upgrade uphold use value widen win
"""
VERBS = frozenset(_VERBS.split())
"""What a continuous improvement begins with (METHOD §3.3: improve, increase, reduce, strengthen, build, …)."""

_NOT_ONLY_VERBS = """
advance balance boost coach control cut drive ease free gain help increase influence lead limit link lower master match
offer partner plan raise reach respect run secure service share speed support train treat upgrade use value win
"""
NOT_ONLY_VERBS = frozenset(_NOT_ONLY_VERBS.split())
"""Nouns or adjectives too, so that after "and" they prove no second verb: "improve sales and support"."""

_ONE_OFF_VERBS = """
implement launch introduce install deploy migrate complete finish conduct organise execute pilot purchase buy prepare
publish roll set kick start
"""
ONE_OFF_VERBS = frozenset(_ONE_OFF_VERBS.split())
"""Done once and over: an initiative's verbs."""

_ONE_OFF_NOUNS = """
project projects programme programmes program programs initiative initiatives rollout roll-out implementation launch
workshop workshops task tasks campaign campaigns phase milestone milestones pilot go-live migration
"""
ONE_OFF_NOUNS = frozenset(_ONE_OFF_NOUNS.split())
"""What has an end is no objective."""

_MEASURE_WORDS = """
average benchmark index indexes indices indicator indicators kpi kpis metric metrics nps percent percentage quota rate
rates ratio ratios score scores target targets
"""
MEASURE_WORDS = frozenset(_MEASURE_WORDS.split())
"""How it is counted belongs to the measure."""

MULTIPLES = frozenset({"double", "triple", "quadruple", "halve", "twice", "twofold", "threefold", "tenfold"})
"""Numbers in disguise."""

CONJUNCTIONS = frozenset({"and", "&", "or", "but", "while", "plus"})

INTENSIFIERS = (
    "significantly", "substantially", "dramatically", "drastically", "considerably", "radically", "massively",
    "greatly", "highly", "very", "truly", "really", "extremely", "strongly", "world-class", "best-in-class",
    "first-class", "top-class", "top-notch", "cutting-edge", "leading-edge", "bleeding-edge", "state-of-the-art",
    "superior", "superb", "outstanding", "exceptional", "unparalleled", "unrivalled", "unmatched", "ultimate",
    "seamless", "seamlessly", "holistic", "holistically", "proactively", "as much as possible", "where possible",
)  # fmt: skip
"""Words that would be true of any objective; a hyphen may be written as a space."""

NOMINALISATIONS = {
    "acquisition": "win", "alignment": "align", "automation": "automate", "creation": "create",
    "delivery": "deliver", "development": "develop", "digitisation": "digitise", "diversification": "diversify",
    "elimination": "eliminate", "empowerment": "empower", "engagement": "engage", "enhancement": "enhance",
    "expansion": "expand", "growth": "grow", "harmonisation": "harmonise", "improvement": "improve",
    "innovation": "innovate", "integration": "integrate", "maximisation": "maximise",
    "minimisation": "minimise", "modernisation": "modernise", "optimisation": "optimise",
    "prevention": "prevent", "promotion": "promote", "protection": "protect", "recruitment": "recruit",
    "reduction": "reduce", "retention": "retain", "simplification": "simplify", "stabilisation": "stabilise",
    "standardisation": "standardise", "transformation": "transform",
}  # fmt: skip
"""A noun that hides its verb."""

_AMERICAN = {"fulfill": "fulfil", "program": "programme"}


def as_british(word: str) -> str:
    """Lower case, with -ise for -ize, so that one list serves both spellings."""
    lower = word.lower()
    return _AMERICAN.get(lower) or re.sub(r"iz(?=e$|es$|ed$|ing$|ation$)", "is", lower)
