"""The parameters an organisation decides, versioned and scoped."""
