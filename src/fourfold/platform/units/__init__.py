"""The tree of organisational units."""
