"""A rule measured by a random sample: drawn, what it proves, and whom to trust."""
