"""Whole data sets: read block by block, repaired, written beside; each change can be undone."""
