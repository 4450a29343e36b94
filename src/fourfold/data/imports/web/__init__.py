"""The pages of bringing files in."""
