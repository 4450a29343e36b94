"""What may be done to people and their roles."""
