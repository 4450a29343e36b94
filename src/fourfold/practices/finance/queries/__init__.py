"""Reading what a computed number is made of, at both ends of a comparison."""
