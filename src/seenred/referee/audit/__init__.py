"""The audit: what each commit of a history is, and whether it was made test-first."""
