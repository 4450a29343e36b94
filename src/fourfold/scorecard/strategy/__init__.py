"""The strategy: perspectives, themes, objectives, and how they hang together."""
