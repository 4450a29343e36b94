"""Links between objectives: a hypothesis of cause and effect, or an identity (METHOD §3.2). Keyed `from.to`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeVar

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import CausalLink, Definitions, EvidenceState, IdentityLink
from fourfold.governance.changes.drafts.kind import Building, Crossing, FieldRefused, ListedKind, Noun
from fourfold.platform.accounts.permissions import Act

__all__ = ["CAUSAL_LINKS", "IDENTITY_LINKS", "CausalLinkDraft", "IdentityLinkDraft"]


@dataclass(frozen=True, slots=True)
class CausalLinkDraft:
    """As typed; `sign` is `1` or `-1`."""

    source: str = ""
    target: str = ""
    hypothesis: str = ""
    sign: str = "1"
    lag_months: int | None = None
    strength: str = "moderate"
    evidence: str = EvidenceState.ASSERTED.value
    feedback: bool = False


@dataclass(frozen=True, slots=True)
class IdentityLinkDraft:
    """As typed."""

    source: str = ""
    target: str = ""
    sentence: str = ""


Link = TypeVar("Link", CausalLink, IdentityLink)
LinkDraft = TypeVar("LinkDraft", CausalLinkDraft, IdentityLinkDraft)


def refuse_same_ends(draft: CausalLinkDraft | IdentityLinkDraft) -> None:
    """Raise FieldRefused where both ends are one objective."""
    if draft.source == draft.target:
        raise FieldRefused(
            "target",
            _("A link joins two different objectives."),
            remedy=_("Choose another objective at one end."),
            code="LINK_TO_ITSELF",
        )


class _LinkKind(ListedKind[Link, LinkDraft]):
    """What joins two objectives: known by its ends, and theirs whose units they are."""

    act = Act.EDIT_LINKS
    crossings = (Crossing(("source", "target"), refuse_same_ends),)
    sign: ClassVar[str]

    def key_of(self, thing: Link) -> str:
        return f"{thing.source}.{thing.target}"

    def titled(self, thing: Link) -> str:
        return f"{thing.source} {self.sign} {thing.target}"

    def called(self, thing: Link, whole: Definitions) -> str:
        names = {each.key: each.name for each in whole.objectives}
        return f" {self.sign} ".join(names.get(end, end) for end in (thing.source, thing.target))

    def new_key(self, draft: LinkDraft, whole: Definitions) -> str:
        key = f"{draft.source}.{draft.target}"
        if key in {self.key_of(each) for each in self.listed(whole)}:
            raise FieldRefused("target", _("These two are linked already; change that link instead."))
        return key

    def belongs_to(self, thing: Link, whole: Definitions) -> tuple[str, ...]:
        """Both ends' units: nobody draws a cause into a map that is not theirs."""
        units = {each.key: each.units.unit for each in whole.objectives}
        return tuple(dict.fromkeys(units[end] for end in (thing.source, thing.target) if end in units))

    def retired(self, whole: Definitions, thing: Link) -> Definitions:
        return self.without(whole, thing)

    @staticmethod
    def refuse_ends(draft: LinkDraft, *, before: Link | None) -> None:
        """What a link joins is what it is: other ends are another link."""
        refuse_same_ends(draft)
        for end in ("source", "target"):
            if before is not None and getattr(draft, end) != getattr(before, end):
                raise FieldRefused(end, _("The ends of a link stay; retire this one and add another."))


class _CausalLinkKind(_LinkKind[CausalLink, CausalLinkDraft]):
    name = "causal-link"
    noun = Noun(_("Causal link"), _("Causal links"), _("Add a causal link"))
    part = "causal_links"
    sign = "→"

    def drafted(self, thing: CausalLink) -> CausalLinkDraft:
        return CausalLinkDraft(
            source=thing.source,
            target=thing.target,
            hypothesis=thing.hypothesis,
            sign=str(thing.sign),
            lag_months=thing.lag_months,
            strength=thing.strength,
            evidence=thing.evidence.value,
            feedback=thing.feedback,
        )

    def blank(self, whole: Definitions) -> CausalLinkDraft:
        return CausalLinkDraft()

    def build(self, draft: CausalLinkDraft, into: Building[CausalLink]) -> CausalLink:
        self.refuse_ends(draft, before=into.before)
        return CausalLink(
            source=draft.source,
            target=draft.target,
            sign=int(draft.sign),
            lag_months=draft.lag_months,
            strength=draft.strength,
            evidence=EvidenceState(draft.evidence),
            hypothesis=draft.hypothesis,
            feedback=draft.feedback,
        )

    def described(self, thing: CausalLink, whole: Definitions) -> str:
        return thing.hypothesis

    def names_in_findings(self, thing: CausalLink) -> tuple[str, ...]:
        return (self.titled(thing), thing.source, thing.target)


class _IdentityLinkKind(_LinkKind[IdentityLink, IdentityLinkDraft]):
    name = "identity-link"
    noun = Noun(_("Identity link"), _("Identity links"), _("Add an identity link"))
    part = "identity_links"
    sign = "="

    def drafted(self, thing: IdentityLink) -> IdentityLinkDraft:
        return IdentityLinkDraft(thing.source, thing.target, thing.sentence)

    def blank(self, whole: Definitions) -> IdentityLinkDraft:
        return IdentityLinkDraft()

    def build(self, draft: IdentityLinkDraft, into: Building[IdentityLink]) -> IdentityLink:
        self.refuse_ends(draft, before=into.before)
        return IdentityLink(draft.source, draft.target, draft.sentence)

    def described(self, thing: IdentityLink, whole: Definitions) -> str:
        return thing.sentence

    def names_in_findings(self, thing: IdentityLink) -> tuple[str, ...]:
        return (f"{thing.source} → {thing.target}", f"{thing.target} → {thing.source}")


CAUSAL_LINKS = _CausalLinkKind()
IDENTITY_LINKS = _IdentityLinkKind()
