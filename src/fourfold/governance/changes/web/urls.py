"""The addresses of changing what is written down."""

from __future__ import annotations

from django.urls import URLPattern, path

from fourfold.governance.changes.drafts.initiative_draft import INITIATIVES
from fourfold.governance.changes.drafts.kind import ListedKind
from fourfold.governance.changes.drafts.link_draft import CAUSAL_LINKS, IDENTITY_LINKS
from fourfold.governance.changes.drafts.objective_draft import OBJECTIVES
from fourfold.governance.changes.drafts.organisation_draft import ORGANISATION
from fourfold.governance.changes.drafts.perspective_draft import PERSPECTIVES
from fourfold.governance.changes.drafts.policy_draft import POLICY
from fourfold.governance.changes.drafts.strategy_draft import STRATEGY
from fourfold.governance.changes.drafts.theme_draft import THEMES
from fourfold.governance.changes.drafts.unit_draft import UNITS
from fourfold.governance.changes.web import desk, forms, listings
from fourfold.governance.changes.web.desk import Desk
from fourfold.governance.changes.web.measure_urls import MEASURE_ADDRESSES
from fourfold.governance.changes.web.policy_desk import PolicyForm

app_name = "changes"

DESKS: dict[str, Desk] = {
    "perspectives": Desk(PERSPECTIVES, forms.PerspectiveForm, home="changes:perspective-list"),
    "themes": Desk(THEMES, forms.ThemeForm, home="changes:theme-list"),
    "objectives": Desk(OBJECTIVES, forms.ObjectiveForm, home="changes:objective-list"),
    "causal-links": Desk(CAUSAL_LINKS, forms.CausalLinkForm, home="changes:causal-link-list"),
    "identity-links": Desk(IDENTITY_LINKS, forms.IdentityLinkForm, home="changes:identity-link-list"),
    "initiatives": Desk(INITIATIVES, forms.InitiativeForm, home="changes:initiative-list"),
    "units": Desk(UNITS, forms.UnitForm, home="changes:unit-list"),
}
STRATEGY_DESK = Desk(STRATEGY, forms.StrategyForm, shows_findings=False)
CALENDAR_DESK = Desk(
    ORGANISATION, forms.OrganisationForm, shows_findings=False, note="changes/_calendar_note.html"
)
POLICY_DESK = Desk(
    POLICY, PolicyForm, home="changes:policies", shows_findings=False, note="changes/_policy_note.html"
)


def pages_of(word: str, edited: Desk) -> list[URLPattern]:
    """The addresses of one kind: its list, a new one, and for each its form, its remarks and its end."""
    kind, at = edited.kind, f"edit/{word}/"
    assert isinstance(kind, ListedKind)
    name, told = kind.name, {"desk": edited}
    return [
        path(at, listings.listing, {"kind": kind}, name=f"{name}-list"),
        path(f"{at}new/", desk.edit, told, name=f"{name}-new"),
        path(f"{at}new/findings/", desk.findings, told, name=f"{name}-new-findings"),
        path(f"{at}<str:key>/", desk.edit, told, name=name),
        path(f"{at}<str:key>/findings/", desk.findings, told, name=f"{name}-findings"),
        path(f"{at}<str:key>/retire/", desk.retire, told, name=f"{name}-retire"),
        *(
            [path(f"{at}<str:key>/move/", listings.move, {"kind": kind}, name=f"{name}-move")]
            if kind.is_ordered
            else []
        ),
    ]


urlpatterns: list[URLPattern] = [
    path("edit/", listings.overview, name="overview"),
    path("edit/findings/", listings.all_findings, name="all-findings"),
    path("edit/findings/remarks.<endings:ending>", listings.findings_file, name="findings-file"),
    path("edit/strategy/", desk.edit, {"desk": STRATEGY_DESK, "is_only": True}, name="strategy"),
    path("edit/calendar/", desk.edit, {"desk": CALENDAR_DESK, "is_only": True}, name="organisation"),
    path("edit/policies/", listings.policies, name="policies"),
    path("edit/policies/policies.<endings:ending>", listings.policies_file, name="policies-file"),
    path("edit/policies/<str:key>/", desk.edit, {"desk": POLICY_DESK}, name="policy"),
    *(address for word, edited in DESKS.items() for address in pages_of(word, edited)),
    *MEASURE_ADDRESSES,
]
