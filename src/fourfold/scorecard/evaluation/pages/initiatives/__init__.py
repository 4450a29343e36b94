"""What a unit undertakes to reach its objectives."""
