"""What is done about the numbers."""
