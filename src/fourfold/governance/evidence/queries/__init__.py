"""Reading links, their measures and what was found of them, for whoever may see the unit."""
