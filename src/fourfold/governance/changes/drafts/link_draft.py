"""Links between objectives: a hypothesis of cause and effect, or an identity (METHOD §3.2). Keyed `from.to`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import CausalLink, Definitions, EvidenceState, IdentityLink
from fourfold.governance.changes.drafts.kind import Building, FieldRefused, ListedKind, Noun
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


class _CausalLinkKind(ListedKind[CausalLink, CausalLinkDraft]):
    name = "causal-link"
    noun = Noun(_("Causal link"), _("Causal links"), _("Add a causal link"))
    act = Act.EDIT_LINKS
    part = "causal_links"

    def key_of(self, thing: CausalLink) -> str:
        return f"{thing.source}.{thing.target}"

    def titled(self, thing: CausalLink) -> str:
        return f"{thing.source} → {thing.target}"

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

    def new_key(self, draft: CausalLinkDraft, whole: Definitions) -> str:
        return _new_link_key(draft, known={self.key_of(each) for each in whole.causal_links})

    def build(self, draft: CausalLinkDraft, into: Building[CausalLink]) -> CausalLink:
        _refuse_ends(draft, before=into.before)
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

    def belongs_to(self, thing: CausalLink, whole: Definitions) -> tuple[str, ...]:
        return _units_of_ends(thing, whole)

    def names_in_findings(self, thing: CausalLink) -> tuple[str, ...]:
        return (self.titled(thing), thing.source, thing.target)

    def retired(self, whole: Definitions, thing: CausalLink) -> Definitions:
        return self.without(whole, thing)


class _IdentityLinkKind(ListedKind[IdentityLink, IdentityLinkDraft]):
    name = "identity-link"
    noun = Noun(_("Identity link"), _("Identity links"), _("Add an identity link"))
    act = Act.EDIT_LINKS
    part = "identity_links"

    def key_of(self, thing: IdentityLink) -> str:
        return f"{thing.source}.{thing.target}"

    def titled(self, thing: IdentityLink) -> str:
        return f"{thing.source} = {thing.target}"

    def drafted(self, thing: IdentityLink) -> IdentityLinkDraft:
        return IdentityLinkDraft(thing.source, thing.target, thing.sentence)

    def blank(self, whole: Definitions) -> IdentityLinkDraft:
        return IdentityLinkDraft()

    def new_key(self, draft: IdentityLinkDraft, whole: Definitions) -> str:
        return _new_link_key(draft, known={self.key_of(each) for each in whole.identity_links})

    def build(self, draft: IdentityLinkDraft, into: Building[IdentityLink]) -> IdentityLink:
        _refuse_ends(draft, before=into.before)
        return IdentityLink(draft.source, draft.target, draft.sentence)

    def described(self, thing: IdentityLink, whole: Definitions) -> str:
        return thing.sentence

    def belongs_to(self, thing: IdentityLink, whole: Definitions) -> tuple[str, ...]:
        return _units_of_ends(thing, whole)

    def names_in_findings(self, thing: IdentityLink) -> tuple[str, ...]:
        return (f"{thing.source} → {thing.target}", f"{thing.target} → {thing.source}")

    def retired(self, whole: Definitions, thing: IdentityLink) -> Definitions:
        return self.without(whole, thing)


TWICE = _("These two are linked already; change that link instead.")


def _new_link_key(draft: CausalLinkDraft | IdentityLinkDraft, *, known: set[str]) -> str:
    key = f"{draft.source}.{draft.target}"
    if key in known:
        raise FieldRefused("target", TWICE)
    return key


def _refuse_ends(
    draft: CausalLinkDraft | IdentityLinkDraft, *, before: CausalLink | IdentityLink | None
) -> None:
    """What a link joins is what it is: other ends are another link."""
    if draft.source == draft.target:
        raise FieldRefused("target", _("A link joins two different objectives."))
    fixed: str | Promise = _("The ends of a link stay; retire this one and add another.")
    if before is not None and draft.source != before.source:
        raise FieldRefused("source", fixed)
    if before is not None and draft.target != before.target:
        raise FieldRefused("target", fixed)


def _units_of_ends(thing: CausalLink | IdentityLink, whole: Definitions) -> tuple[str, ...]:
    """Both ends' units: nobody draws a cause into a map that is not theirs."""
    units = {each.key: each.units.unit for each in whole.objectives}
    return tuple(dict.fromkeys(units[end] for end in (thing.source, thing.target) if end in units))


CAUSAL_LINKS = _CausalLinkKind()
IDENTITY_LINKS = _IdentityLinkKind()
