"""Where a file's series are heading."""
