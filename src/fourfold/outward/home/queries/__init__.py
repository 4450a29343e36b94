"""What somebody who comes in is shown."""
