"""What people say about the numbers: annotations, analysis texts, status overrides."""
