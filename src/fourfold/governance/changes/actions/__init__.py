"""Saving and retiring what is written down."""
