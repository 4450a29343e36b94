"""Arithmetic of the Balanced Scorecard on frozen values and NumPy arrays: no Django, no I/O, no clock."""
