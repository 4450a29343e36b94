"""Files into the ledger, through stored mappings."""
