"""What is decided about limits: one verb a file."""
