"""What may be done to the strategy."""
