"""Repairs prose that scraping and machine translation have damaged."""

__version__ = "0.1.0"
