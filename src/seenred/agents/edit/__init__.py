"""What becomes of the code of a reply: definitions, each put where it belongs in a file."""
