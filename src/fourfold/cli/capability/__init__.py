"""Whether a file's series can meet a specification."""
