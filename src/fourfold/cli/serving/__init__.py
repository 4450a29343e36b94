"""The processes that serve pages and do queued work: serve, jobs, and who keeps them running."""
