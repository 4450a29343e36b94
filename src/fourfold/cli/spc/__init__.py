"""Control charts of a file's series."""
