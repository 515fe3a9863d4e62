"""Runs workflows: agents one after the other, their versions judged, until a rule stops them."""
