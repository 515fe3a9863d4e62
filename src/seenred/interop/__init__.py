"""Verdicts in the words of other programs: JSON, SARIF, JUnit XML, GitHub annotations. Pure."""
