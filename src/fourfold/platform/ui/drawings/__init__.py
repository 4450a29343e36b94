"""Server-made SVG: one drawing a file, colours by class only, so that theme and print need no second version."""
