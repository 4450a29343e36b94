"""Whether one series of a file runs ahead of another."""
