"""A measure in one unit and period: its page, its chart, its tables."""
