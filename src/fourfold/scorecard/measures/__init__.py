"""Measures, their versions, their targets, and the ledger of observations."""
