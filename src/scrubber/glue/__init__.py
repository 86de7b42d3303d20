"""Words run together: where a token may be cut, what speaks for it, and how sure that is."""
