"""What is opened for editing, and what hangs on it."""
