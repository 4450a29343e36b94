"""Where everybody starts: the first steps, the home of each role, and the search."""
