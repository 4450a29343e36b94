"""What may be done to initiatives."""
