"""Where the change of a plan item goes: found by parsing the project, no model asked."""
