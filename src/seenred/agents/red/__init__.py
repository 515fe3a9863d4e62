"""What becomes of a plan item in the red step: its test, asked for, read and put in its place."""
