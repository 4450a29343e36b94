"""The scorecard of one unit and period."""
