"""The pages of what one is told."""
