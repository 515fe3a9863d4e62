"""Performs the steps of a workflow, in order, through ports."""
