"""Evidence as values that templates show; and what fills the slots of the map."""
