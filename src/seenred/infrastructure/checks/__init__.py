"""Checks of changed files with a project's own tools, in the sandbox."""
