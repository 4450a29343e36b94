"""The Balanced Scorecard itself: measures, initiatives, strategy, and their evaluation."""
