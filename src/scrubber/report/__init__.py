"""Findings as people and programs read them. These modules return text; only `cli` prints."""
