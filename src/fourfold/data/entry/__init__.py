"""Values typed by hand: the grid, who owes what by when, and the closing of periods."""
