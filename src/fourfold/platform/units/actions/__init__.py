"""What may be done to the unit tree."""
