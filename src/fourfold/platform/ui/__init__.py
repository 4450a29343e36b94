"""How every page looks and speaks: shell, components, the one number formatter, and the slots."""
