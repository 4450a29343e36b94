"""What somebody typed, before it is a definition: one kind of thing a file, and what all kinds share."""
