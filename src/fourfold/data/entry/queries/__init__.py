"""What is owed, what was typed, and what came of it."""
