"""The pages of talking about the numbers."""
