"""The strategy map of one unit and period, and its links in words."""
