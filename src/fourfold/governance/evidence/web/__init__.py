"""The pages of evidence: one domain call a view."""
