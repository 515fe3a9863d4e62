"""The user's repository, as far as a run may change it."""
