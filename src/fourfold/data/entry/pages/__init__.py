"""The frozen values that the pages of entering and closing show."""
