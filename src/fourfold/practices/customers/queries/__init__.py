"""Reading the segments of a measure at both ends of a comparison."""
