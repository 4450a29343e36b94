"""What the pages of people show: frozen values, one reading each."""
