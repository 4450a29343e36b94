"""Reading what was said, for whoever may see the unit."""
