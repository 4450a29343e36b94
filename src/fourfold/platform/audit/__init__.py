"""Who changed what and when, in a chain that shows tampering."""
