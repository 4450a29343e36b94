"""Tags that draw marks of signals."""
