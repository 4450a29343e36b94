"""Reading the ledger and the measures."""
