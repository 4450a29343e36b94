"""The pages of changing what is written down."""
