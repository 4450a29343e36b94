"""Changing what is written down, in the browser: nobody's typing is lost."""
