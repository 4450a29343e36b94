"""What happens to a job: enqueued, taken, run, concluded."""
