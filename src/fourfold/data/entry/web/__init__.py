"""The pages of typing values."""
