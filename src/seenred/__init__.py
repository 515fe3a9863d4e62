"""Seenred proves that code was written test-first; importing it does nothing."""

__version__ = "0.1.0"
