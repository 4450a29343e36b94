"""Frozen values of the pages that change what is written down."""
