"""What the ledger and the definitions amount to, at one seq."""
