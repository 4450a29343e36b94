"""Customers, seen by segment: what a total hides."""
