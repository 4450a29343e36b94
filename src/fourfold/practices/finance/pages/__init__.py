"""What the pages of this room say, as frozen values made while the cube holds still."""
