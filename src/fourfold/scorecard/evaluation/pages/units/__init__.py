"""The units below one another, side by side and in order."""
