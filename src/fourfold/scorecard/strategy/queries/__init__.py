"""Reading the strategy."""
