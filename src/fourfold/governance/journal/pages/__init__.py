"""The journal's page as values that a template shows."""
