"""A review in the browser: one page, served to this machine alone."""
