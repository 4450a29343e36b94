"""The four perspectives' own practices."""
