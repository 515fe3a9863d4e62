"""Judges code by running it; knows nothing of models."""
