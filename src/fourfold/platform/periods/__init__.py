"""The organisation, its calendar, its zone and its clock, and how far its periods are closed."""
