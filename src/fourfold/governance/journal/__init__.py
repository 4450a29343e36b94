"""The journal as people read it: who did what, in words, as far as each may see."""
