"""The organisation, its calendar, its zone and its clock."""
