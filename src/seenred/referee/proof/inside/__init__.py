"""Runs in the project's own interpreter, in the sandbox; imports nothing but the standard library.

These modules are laid into the tree beside the project's tests and may meet any Python from 3.9.
"""
