"""A file read as series, and what every command that analyses one asks, refuses and shows alike."""
