"""What the API answers, as frozen documents made of the same values as the pages."""
