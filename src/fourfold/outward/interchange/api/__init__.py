"""The API of what is found in the numbers: signals, evidence, exceptions, drivers, variances, segments."""
