"""The tag library `fourfold`."""
