"""The pages of who did what."""
