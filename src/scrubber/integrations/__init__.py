"""Thin functions for the tools of others. None of their packages is needed by scrubber itself."""
