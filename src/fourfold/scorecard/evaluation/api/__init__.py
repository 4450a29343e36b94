"""The API of the scorecard."""
