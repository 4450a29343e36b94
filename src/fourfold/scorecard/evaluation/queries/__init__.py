"""Reading definitions, and evaluating them."""
