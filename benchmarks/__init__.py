"""How fast Fourfold is, as ratios against reading the bytes once and against Polars, in one run on the same data."""
