"""Performs what a command asks for, a cycle or a workflow, step by step through ports."""
