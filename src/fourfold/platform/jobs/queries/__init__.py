"""How the work is going, for whoever asked for it."""

from fourfold.platform.jobs.queries.jobs import JobPage, job_of, recent_jobs
from fourfold.platform.jobs.queries.workers import known_worker_seen_at

__all__ = ["JobPage", "job_of", "known_worker_seen_at", "recent_jobs"]
