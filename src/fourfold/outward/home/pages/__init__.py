"""Frozen values of the pages of coming in."""
