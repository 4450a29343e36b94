"""Jobs, the workers that do them, and how far each schedule has fired."""

from fourfold.platform.jobs.models.job import ENDED, Job, JobState, JobUnknown
from fourfold.platform.jobs.models.schedule_mark import ScheduleMark
from fourfold.platform.jobs.models.worker_pulse import WorkerPulse

__all__ = ["ENDED", "Job", "JobState", "JobUnknown", "ScheduleMark", "WorkerPulse"]
