"""The demo organisation, founded and served."""
