"""Text fields in which nobody can say what they like, by what keeps them from it."""

from __future__ import annotations

__all__ = ["SILENT"]

_REASONS = {
    "the key of something: letters, digits and hyphens, checked where that thing is named": """
        accounts.ThrottleCount.cache_key annotations.Analysis.key annotations.Annotation.key
        annotations.StatusOverride.key audit.AuditEvent.actor audit.AuditEvent.object entry.EntryDraft.place
        entry.ObservationNote.person_key entry.RestatedValue.segment_key evidence.LinkTest.source
        evidence.LinkTest.target evidence.LinkTest.x evidence.LinkTest.y evidence.Registration.source
        evidence.Registration.target evidence.Registration.x evidence.Registration.y
        finance.MarketChoice.measure finance.MarketChoice.other finance.MarketChoice.share finance.MarketChoice.size
        imports.ImportRun.actor
        imports.ImportRun.reference imports.ImportRun.withdrawn_by imports.StoredMapping.keeper
        imports.Upload.keeper imports.Upload.reference
        jobs.Job.actor jobs.Job.key measures.LedgerEntry.actor measures.MeasureListing.unit_keys
        measures.MeasureListing.units_since measures.Target.segment
        notifications.Notice.key notifications.Notice.unit periods.PeriodStep.actor policies.PolicyVersion.scope
        signals.LimitDecision.measure
        strategy.ObjectiveVersion.unit_keys units.Unit.path""",
    "a word of the house, one of a few": """
        annotations.StatusOverride.computed annotations.StatusOverride.status audit.AuditEvent.action
        entry.ReminderSent.kind evidence.LinkTest.frequency evidence.LinkTest.verdict
        evidence.LinkTest.why
        imports.Upload.kind initiatives.InitiativeVersion.status jobs.Job.name
        jobs.ScheduleMark.name jobs.WorkerPulse.name measures.MeasureVersion.formula_order
        measures.MeasureVersion.frequency measures.MeasureVersion.goal measures.MeasureVersion.kind
        measures.MeasureVersion.missing_operand measures.MeasureVersion.org_values measures.MeasureVersion.role
        measures.MeasureVersion.threshold_basis measures.MeasureVersion.tier measures.Target.trajectory
        measures.TargetPoint.frequency periods.OrganisationVersion.calendar periods.OrganisationVersion.time_zone
        policies.PolicyVersion.key strategy.CausalLink.evidence strategy.Contribution.mode
        strategy.ObjectiveVersion.rollup""",
    "a period, a number or a digest, read before it is kept": """
        accounts.Invitation.digest accounts.Person.password accounts.ThrottleCount.value annotations.Analysis.period
        annotations.Annotation.period annotations.StatusOverride.period entry.ReminderSent.period
        entry.RestatedValue.period_label evidence.LinkTest.facts evidence.LinkTest.first_period
        evidence.LinkTest.last_period finance.MarketChoice.first_period evidence.Registration.since
        evidence.Registration.until
        imports.ImportRun.file_sha256 imports.Upload.sha256
        initiatives.InitiativeVersion.budget initiatives.InitiativeVersion.spent measures.MeasureVersion.rubric
        measures.SourceFile.sha256 policies.PolicyVersion.value signals.LimitDecision.first_period
        signals.LimitDecision.last_period""",
    "read by a grammar that knows no angle and no quote": """
        measures.MeasureVersion.formula measures.MeasureVersion.unit_of_measure""",
    "levels that units have: they are planted there": """
        measures.MeasureListing.unit_levels strategy.ObjectiveVersion.unit_levels""",
    "kept for another row, which is planted": "audit.AuditEvent.document units.Unit.level units.Unit.name",
    "written by the house for itself and shown to nobody": """
        imports.LookupTable.name imports.LookupTable.text imports.StoredMapping.text
        jobs.Job.payload jobs.Job.result""",
}
SILENT: dict[str, str] = {field: why for why, fields in _REASONS.items() for field in fields.split()}
"""Field → reason."""
