"""What a strategy folder or the database scores, and why: check, evaluate, explain."""
