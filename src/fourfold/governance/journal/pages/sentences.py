"""Every kind of event as a sentence; an unknown kind still says who, what and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

__all__ = ["COUNTED", "KINDS", "SENTENCES", "THINGS", "kind_named", "sentence"]

Words = str | Promise

SENTENCES: Mapping[str, Words] = MappingProxyType(
    {
        "address_changed": _("{who} changed the e-mail address of {object}."),
        "analysis_written": _("{who} wrote the analysis of {object} in {unit}, {period}."),
        "annotation_reopened": _("{who} reopened an annotation on {object} in {unit}, {period}."),
        "annotation_resolved": _("{who} resolved an annotation on {object} in {unit}, {period}."),
        "annotation_written": _("{who} annotated {object} in {unit}, {period}."),
        "definition_retired": _("{who} retired {object}."),
        "definition_saved": _("{who} saved {object}: {fields}."),
        "definitions_written": _("{who} changed {changed}."),
        "file_imported": _("{who} imported {file}: {written} written, {unchanged} known already."),
        "import_withdrawn": _("{who} took an import back: {reason}"),
        "installation_set_up": _("{who} set this installation up."),
        "invitation_accepted": _("{who} accepted an invitation."),
        "invitation_revoked": _("{who} took an invitation back."),
        "chart_chosen": _("{who} chose a {chart} chart for {object} in {unit}. {reason}"),
        "limit_decision_withdrawn": _(
            "{who} withdrew a decision on the limits of {object} in {unit}, {period}."
        ),
        "limits_rebased": _("{who} let the limits of {object} in {unit} begin anew with {period}. {reason}"),
        "hypothesis_registered": _(
            "{who} wrote down what to expect of {object} in {unit}: lag {lag_from} to {lag_to} months."
        ),
        "link_decided": _("{who} decided about {object} in {unit}: {choice}. {reason}"),
        "links_tested": _(
            "{who} had {links} links of {unit} tested: {supported} supported, {contradicted} contradicted."
        ),
        "mapping_renamed": _("{who} renamed {object}."),
        "mapping_retired": _("{who} retired {object}."),
        "mapping_saved": _("{who} saved {object}."),
        "market_chosen": _("{who} chose what tells of the market of {object} from {period} on. {reason}"),
        "measure_added": _("{who} added {object}."),
        "measure_changed": _("{who} changed {object} to version {number}. {reason}"),
        "measure_restored": _("{who} restored {object}."),
        "measure_retired": _("{who} retired {object}. {reason}"),
        "notices_chosen": _("{who} chose what to be told of."),
        "observations_appended": _("{who} wrote {rows} into the ledger; {unchanged} were known already."),
        "organisation_founded": _("{who} founded the organisation from a {way}."),
        "override_withdrawn": _("{who} withdrew the override of {object} in {unit}, {period}."),
        "password_set": _("{who} set a new password for {object}."),
        "period_moved": _("{who} moved {month} of {object} from {before} to {state}. {reason}"),
        "period_reopened": _("{who} reopened {month} of {object}. {reason}"),
        "person_deactivated": _("{who} closed the account of {object}."),
        "person_invited": _("{who} invited {name} to {unit}."),
        "person_reactivated": _("{who} opened the account of {object} again."),
        "person_renamed": _("{who} gave {before} the name {name}."),
        "remark_added": _("{who} replied about {object} in {unit}, {period}."),
        "remark_corrected": _("{who} put own words about {object} right in {unit}, {period}."),
        "restatement_decided": _("{who} decided about {object}: {state}. {comment}"),
        "restatement_proposed": _("{who} proposed to restate {values} of a final period in {unit}. {reason}"),
        "restatement_withdrawn": _("{who} withdrew {object}."),
        "role_granted": _("{who} gave {object} the role {role} at {unit}."),
        "role_revoked": _("{who} took the role {role} at {unit} from {object}."),
        "scorecard_applied": _("{who} applied measures of {object} to {units}. {reason}"),
        "second_factors_removed": _("{who} removed the second factors of {object}."),
        "sessions_ended": _("{who} signed {object} out everywhere."),
        "special_cause_marked": _(
            "{who} marked a special cause of {object} in {unit}, {period} to {last}. {reason}"
        ),
        "specification_set": _(
            "{who} set the specification limits of {object} in {unit} from {period} on. {reason}"
        ),
        "status_overridden": _(
            "{who} overrode the status of {object} in {unit}, {period}: {status} instead of {computed}. {reason}"
        ),
        "targets_set": _("{who} set targets of {object} for {units}."),
        "values_entered": _("{who} entered {values} for {object}, {period}, with {notes}."),
    }
)

THINGS: Mapping[str, Words] = MappingProxyType(
    {
        "import": _("the import"),
        "initiative": _("the initiative"),
        "link": _("the link"),
        "mapping": _("the mapping"),
        "measure": _("the measure"),
        "objective": _("the objective"),
        "organisation": _("the organisation"),
        "person": "",
        "perspective": _("the perspective"),
        "policy": _("the policy"),
        "restatement": _("the restatement"),
        "strategy": _("the strategy"),
        "theme": _("the theme"),
        "unit": "",
    }
)
"""What stands before a thing's name; people and units are called by their names alone."""

COUNTED: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "changed": lambda n: ngettext("{n} definition", "{n} definitions", n).format(n=n),
        "notes": lambda n: ngettext("{n} note", "{n} notes", n).format(n=n) if n else gettext("no note"),
        "rows": lambda n: ngettext("{n} value", "{n} values", n).format(n=n),
        "values": lambda n: ngettext("{n} value", "{n} values", n).format(n=n),
        "written": lambda n: ngettext("{n} value", "{n} values", n).format(n=n),
    }
)
"""Numbers that a sentence says with what they count: one of it has another word than two."""

KINDS = tuple(SENTENCES)

UNKNOWN = _("{who}: {kind}, {object}.")


def kind_named(action: str) -> str:
    """`measure_added` as words."""
    return action.replace("_", " ")


def sentence(action: str, *, who: str, thing: str, said: Mapping[str, str]) -> str:
    """One sentence; details that an event does not have stay away.

    >>> sentence("gizmo_turned", who="Ana", thing="gizmo/7", said={})
    'Ana: gizmo turned, gizmo/7.'
    """
    words = defaultdict(str, {**said, "who": who, "object": thing, "kind": kind_named(action)})
    return str(SENTENCES.get(action, UNKNOWN)).format_map(words).strip()
