"""The pages of people and their roles."""
