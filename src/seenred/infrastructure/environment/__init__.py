"""The project's own Python: which it is, what it has, and what of it the sandbox must show."""
