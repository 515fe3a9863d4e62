"""A problem statement, read: its signature, examples, constraints, and what could not be read."""
