"""What is decided about variances: one verb a file."""
