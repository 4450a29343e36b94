"""One objective in one unit and period."""
