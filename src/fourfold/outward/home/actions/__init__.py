"""What the first hours of an organisation need done."""
