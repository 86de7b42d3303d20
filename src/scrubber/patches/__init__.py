"""Diffs that a person has edited: read, placed, and what they say of each repair."""
