"""Why financial results moved: driver trees, and variances judged."""
