"""What runs inside the sandbox, under the project's own Python and pytest."""
