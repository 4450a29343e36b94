"""What may be done to the whole of the definitions."""
