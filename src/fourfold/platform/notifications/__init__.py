"""What a person is told, in the pages and by mail, each with its off switch."""
