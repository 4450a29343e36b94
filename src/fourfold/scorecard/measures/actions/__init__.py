"""What may be done to measures and the ledger."""
