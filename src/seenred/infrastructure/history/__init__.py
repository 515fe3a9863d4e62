"""Histories of repositories, read only."""
