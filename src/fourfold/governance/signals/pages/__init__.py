"""Charts, sentences and marks as values that templates show; and what fills the slots of lower pages."""
