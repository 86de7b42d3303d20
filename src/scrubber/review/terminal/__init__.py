"""The review in a terminal: what a key means, what the screen shows, and the library between."""
