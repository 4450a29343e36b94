"""Addresses of the shell itself."""
