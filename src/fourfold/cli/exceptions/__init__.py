"""The few series of a file that matter now."""
