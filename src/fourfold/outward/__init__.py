"""What leaves the house, and where people come in."""
