"""Evidence: what the data say of the map's arrows, what was expected beforehand, and what is decided about it."""
