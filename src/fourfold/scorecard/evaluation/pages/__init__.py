"""What each page says, as frozen values made from one evaluation: no request, no markup, no query."""
