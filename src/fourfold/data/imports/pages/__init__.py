"""Frozen values of the pages of bringing files in."""
