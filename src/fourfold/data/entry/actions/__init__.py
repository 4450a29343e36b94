"""What may be done with typed values, periods and restatements."""
