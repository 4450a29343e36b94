"""Time-boxed undertakings that close a gap."""
