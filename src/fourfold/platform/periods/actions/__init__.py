"""What may be done to the organisation."""
