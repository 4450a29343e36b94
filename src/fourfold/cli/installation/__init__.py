"""What an installation is given and gives back: load, export, import, and a person's password."""
