"""What may be said, put right, settled and judged: one verb a file."""
