"""What may be done to policies."""
