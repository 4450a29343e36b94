"""Series at their own frequency, and the decisions on them, for whoever may see the unit."""
