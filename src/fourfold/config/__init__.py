"""Settings, root urls, and the entry points of the web server. Nobody imports this floor."""
