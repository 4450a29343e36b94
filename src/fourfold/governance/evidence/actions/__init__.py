"""Writing what was found, what is expected, and what is decided; each audited."""
