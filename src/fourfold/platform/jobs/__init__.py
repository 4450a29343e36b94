"""Work that outlasts a request: queued with the change that asks for it, done once, whatever dies meanwhile."""
