"""Bytes on disk <-> documents: plain texts and JSON Lines datasets, found, read, written."""
