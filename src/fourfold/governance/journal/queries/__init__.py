"""Which events somebody may see, and reading them."""
