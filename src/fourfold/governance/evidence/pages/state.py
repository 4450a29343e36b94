"""What is known of a link, as a word, a line and a mark: never by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fourfold.engine.definitions import CausalLink, EvidenceState
from fourfold.engine.leadlag import Verdict
from fourfold.governance.evidence.models import LinkTest
from fourfold.platform.ui.region import region_now

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = ["LOOKS", "UNTESTED", "LinkState", "Look", "declared_words", "state_of_link"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is drawn. `mark` is SVG path data in a box of 16; light colours, the sheet has the dark ones."""

    state: str
    word: str | StrPromise
    colour: str
    dash: str
    width: str
    mark: str


UNTESTED = "untested"
LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        look.state: look
        for look in (
            Look("supported", gettext_lazy("supported"), "#1c5aa6", "", "2.3", "M4.9 8.3 7.1 10.5 11.2 5.9"),
            Look(
                "contradicted", gettext_lazy("contradicted"), "#7b3fb0", "10 4", "2.3",
                "M5.4 5.4 10.6 10.6M10.6 5.4 5.4 10.6",
            ),
            Look(
                "inconclusive", gettext_lazy("inconclusive"), "#56637a", "7 3 1.5 3", "1.5",
                "M6 6.4a2.1 2.1 0 1 1 3.1 1.8C8.3 8.7 8 9 8 9.7M8 11.8v.1",
            ),
            Look("not_testable", gettext_lazy("not testable"), "#7b899d", "1.5 4", "1.5", "M5.3 10.7 10.7 5.3"),
            Look(UNTESTED, gettext_lazy("not tested yet"), "#6f7d92", "", "1.5", ""),
        )
    }
)  # fmt: skip
"""Supported first, as the legend lists them."""

_DECLARED = {
    EvidenceState.ASSERTED: gettext_lazy("asserted"),
    EvidenceState.PLAUSIBLE: gettext_lazy("plausible: a mechanism is named"),
    EvidenceState.SUPPORTED: gettext_lazy("declared as supported elsewhere"),
    EvidenceState.CONTRADICTED: gettext_lazy("declared as contradicted elsewhere"),
    EvidenceState.INCONCLUSIVE: gettext_lazy("declared as inconclusive elsewhere"),
}


@dataclass(frozen=True, slots=True)
class LinkState:
    """The look, and its sentence with the day of the test."""

    look: Look
    text: str
    is_outdated: bool = False

    @property
    def word(self) -> str:
        """The state alone."""
        return str(self.look.word)


def declared_words(link: CausalLink) -> str:
    """What the map's own definition says of the evidence (METHOD §3.2); a test's verdict goes before it."""
    return str(_DECLARED[link.evidence])


def state_of_link(link: CausalLink, test: LinkTest | None, *, is_outdated: bool = False) -> LinkState:
    """What the last test found; without one, what the definition declares."""
    if test is None:
        return LinkState(
            LOOKS[UNTESTED], _("evidence %(declared)s, not tested") % {"declared": declared_words(link)}
        )
    look = LOOKS[test.verdict]
    words = {"state": look.word, "day": region_now().day(test.run.tested_at.date())}
    is_tested = test.verdict != Verdict.NOT_TESTABLE
    said = (_("%(state)s, tested %(day)s") if is_tested else _("%(state)s as of %(day)s")) % words
    if is_outdated:
        said = _("%(said)s, values changed since") % {"said": said}
    return LinkState(look, said, is_outdated)
