"""Whether an objective's name says what is to get better, in words that carry something (METHOD §3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fourfold.engine.definitions import Objective
from fourfold.engine.finding import Evidence, Finding, ObjectKind, Severity
from fourfold.engine.wording import lexicon
from fourfold.engine.wording.lexicon import as_british

__all__ = ["check_wording"]

FEWEST_WORDS, MOST_WORDS = 3, 9  # METHOD §3.3
FEWEST_SENTENCES, MOST_SENTENCES = 2, 3  # METHOD §3.3
MOST_CONJUNCTIONS = 1  # METHOD §3.3

_PUNCTUATION = '.,;:()!?"“”'
_NUMBER = re.compile(r"[%‰]|^[^A-Za-z]*\d")  # CO2 and B2B are names, 24/7 and 5,000 are numbers
_ABBREVIATION = re.compile(r"\b(e\.g|i\.e|etc|vs|approx|ca|incl|excl)\.(?=,|\s+[a-z0-9(])")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’)]*(?:\s+|$)")


def check_wording(objective: Objective) -> tuple[Finding, ...]:
    """What to reword in an objective's name and description, each with a hint; empty if nothing.

    WORDING_NO_VERB, WORDING_LENGTH, WORDING_NUMBER, WORDING_MEASURE_NAMED, WORDING_TWO_VERBS, WORDING_CONJUNCTIONS,
    WORDING_INTENSIFIER and DESCRIPTION_LENGTH are minor, WORDING_UNDERTAKING is major, DESCRIPTION_EMPTY critical: an
    objective without a description is not activated. The word lists are English. Evidence may carry a `suggestion`.

    Source: METHOD §3.3.

    >>> from fourfold.engine.definitions import UnitSelector
    >>> name = "Significantly improve delivery reliability"
    >>> text = "Goods arrive when promised. It covers all services."
    >>> shaky = Objective("reliability", name, text, "customer", (), None, UnitSelector("acme"), ())
    >>> [(finding.rule, finding.remedy) for finding in check_wording(shaky)]
    [('WORDING_INTENSIFIER', 'Write “Improve delivery reliability”.')]
    """
    name = _Name.of(objective)
    return (
        *_no_verb(name),
        *_length(name),
        *_numbers(name),
        *_measure_named(name),
        *_undertaking(name),
        *_two_verbs(name),
        *_conjunctions(name),
        *_intensifiers(name),
        *_description(objective),
    )


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as written, its words, and the same in lower case and British spelling.

    `verb` is the place of the first word that is no intensifier: "Significantly improve" begins with its second.
    """

    objective: Objective
    words: tuple[str, ...]
    plain: tuple[str, ...] = field(repr=False)
    verb: int

    @classmethod
    def of(cls, objective: Objective) -> _Name:
        words = tuple(filter(None, (each.strip(_PUNCTUATION) for each in objective.name.split())))
        plain = tuple(as_british(each) for each in words)
        verb = next((place for place, word in enumerate(plain) if word not in lexicon.INTENSIFIERS), 0)
        return cls(objective, words, plain, verb)

    @property
    def first(self) -> str:
        """The word that should be the verb."""
        return self.plain[self.verb] if self.plain else ""

    def found(
        self,
        rule: str,
        *,
        message: str,
        remedy: str = "",
        suggestion: str = "",
        severity: Severity = Severity.MINOR,
        evidence: tuple[str, ...] = (),
    ) -> Finding:
        carried: dict[str, Evidence] = {"words": evidence} if evidence else {}
        if suggestion:
            carried["suggestion"] = suggestion
            remedy = remedy or f"Write “{suggestion}”."
        key, quoted = self.objective.key, f"“{self.objective.name}” {message}."
        return Finding(rule, severity, ObjectKind.OBJECTIVE, key, quoted, remedy, carried)


def _no_verb(name: _Name) -> Iterator[Finding]:
    if name.first in lexicon.VERBS | lexicon.ONE_OFF_VERBS | lexicon.MULTIPLES:
        return
    hidden = _hidden_verb(name.first)
    rest = name.words[name.verb + 1 :]
    if rest and rest[0].lower() in ("of", "in", "for"):
        rest = rest[1:]
    yield name.found(
        "WORDING_NO_VERB",
        message="does not begin with a verb of improvement",
        remedy=""
        if hidden
        else "Begin with what is to happen: improve, increase, reduce, strengthen, build, …",
        suggestion=_sentence((hidden, *rest)) if hidden else "",
    )


def _hidden_verb(word: str) -> str:
    """The verb in `improvement`, `improving` or `improved`; empty if there is none."""
    if word in lexicon.NOMINALISATIONS:
        return lexicon.NOMINALISATIONS[word]
    for ending in ("ing", "ed", "s"):
        stem = word.removesuffix(ending)
        if stem != word:
            for candidate in (stem, f"{stem}e", stem[:-1]):
                if candidate in lexicon.VERBS:
                    return candidate
    return ""


def _length(name: _Name) -> Iterator[Finding]:
    count = len(name.words)
    if count < FEWEST_WORDS:
        remedy = "Say of what, and in which respect: verb, qualifier, noun."
    elif count > MOST_WORDS:
        remedy = "Move the reasons and the boundary to the description."
    else:
        return
    message = f"has {count} word{'' if count == 1 else 's'}; a name has {FEWEST_WORDS} to {MOST_WORDS}"
    yield name.found("WORDING_LENGTH", message=message, remedy=remedy)


def _numbers(name: _Name) -> Iterator[Finding]:
    numbers = tuple(
        word
        for word, plain in zip(name.words, name.plain, strict=True)
        if _NUMBER.search(word) or plain in lexicon.MULTIPLES
    )
    if numbers:
        yield name.found(
            "WORDING_NUMBER",
            message=f"contains a number ({', '.join(numbers)})",
            remedy="Say what should get better; how much is the target's business.",
            evidence=numbers,
        )


def _measure_named(name: _Name) -> Iterator[Finding]:
    named = tuple(word for word in name.plain if word in lexicon.MEASURE_WORDS)
    if named:
        yield name.found(
            "WORDING_MEASURE_NAMED",
            message=f"names how it is measured ({', '.join(named)})",
            remedy="Name what the measure stands for, and keep its name for the measure.",
            evidence=named,
        )


def _undertaking(name: _Name) -> Iterator[Finding]:
    once = [name.words[name.verb]] if name.first in lexicon.ONE_OFF_VERBS else []
    once += [word for word in name.words[name.verb + 1 :] if as_british(word) in lexicon.ONE_OFF_NOUNS]
    if once:
        yield name.found(
            "WORDING_UNDERTAKING",
            message=f"names something that will be finished ({', '.join(once)})",
            remedy="Make it an initiative, and let the objective say what it should improve for good.",
            evidence=tuple(once),
            severity=Severity.MAJOR,
        )


def _two_verbs(name: _Name) -> Iterator[Finding]:
    for place in range(1, len(name.plain) - 1):
        if name.plain[place] in ("and", "&") and _is_verb(name, place + 1):
            halves = _halves(name, place)
            yield name.found(
                "WORDING_TWO_VERBS",
                message="joins two verbs, and so two objectives",
                remedy="Choose one, or write two: “{}” and “{}”.".format(*halves),
                suggestion=halves[0],
                evidence=halves,
            )
            return


def _is_verb(name: _Name, place: int) -> bool:
    """Right after "verb and", any verb; later only a word that is nothing else as well."""
    word = name.plain[place]
    if place == name.verb + 2 and name.first in lexicon.VERBS | lexicon.ONE_OFF_VERBS:
        return word in lexicon.VERBS | lexicon.ONE_OFF_VERBS
    return word in lexicon.VERBS - lexicon.NOT_ONLY_VERBS


def _halves(name: _Name, joint: int) -> tuple[str, str]:
    before, after = name.words[name.verb : joint], name.words[joint + 1 :]
    if len(before) == 1:
        before = (*before, *after[1:])
    return _sentence(before), _sentence(after)


def _conjunctions(name: _Name) -> Iterator[Finding]:
    joints = tuple(word for word in name.plain if word in lexicon.CONJUNCTIONS)
    if len(joints) > MOST_CONJUNCTIONS:
        yield name.found(
            "WORDING_CONJUNCTIONS",
            message=f"lists several things ({len(joints)} conjunctions)",
            remedy="Name the one thing they have in common, or write several objectives.",
            evidence=joints,
        )


def _intensifiers(name: _Name) -> Iterator[Finding]:
    text = " ".join(name.words)
    empty = []
    for phrase in lexicon.INTENSIFIERS:
        pattern = rf"(?<![\w-]){phrase.replace('-', '[- ]')}(?![\w-])\s*"
        shorter = re.sub(pattern, "", text, flags=re.IGNORECASE)
        if shorter != text:
            empty.append(phrase)
            text = shorter
    if empty:
        yield name.found(
            "WORDING_INTENSIFIER",
            message=f"is no clearer for “{'”, “'.join(empty)}”",
            remedy="" if text else "Say what is to get better.",
            suggestion=_sentence(tuple(text.split())),
            evidence=tuple(empty),
        )


def _description(objective: Objective) -> Iterator[Finding]:
    key, text = objective.key, objective.description.strip()
    if not text:
        yield Finding(
            "DESCRIPTION_EMPTY",
            Severity.CRITICAL,
            ObjectKind.OBJECTIVE,
            key,
            f"{objective.name} has no description.",
            "Say in two or three sentences what it means, why, where it ends, and from what to what.",
        )
        return
    count = _sentences_in(text)
    if not FEWEST_SENTENCES <= count <= MOST_SENTENCES:
        yield Finding(
            "DESCRIPTION_LENGTH",
            Severity.MINOR,
            ObjectKind.OBJECTIVE,
            key,
            f"The description of {objective.name} has {count} sentence{'s' if count > 1 else ''}.",
            "Two or three are read: what it means, why, where it ends, from what to what.",
            {"sentences": count, "from": FEWEST_SENTENCES, "to": MOST_SENTENCES},
        )


def _sentences_in(text: str) -> int:
    plain = _ABBREVIATION.sub(r"\1", text)
    return sum(bool(each.strip()) for each in _SENTENCE_END.split(plain))


def _sentence(words: tuple[str, ...]) -> str:
    text = " ".join(words)
    return text[:1].upper() + text[1:]
