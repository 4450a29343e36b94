"""The `fourfold` command: one thin command a file, each a call into a floor, the folder or the engine."""
