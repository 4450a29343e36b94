"""Tags of the editing pages."""
