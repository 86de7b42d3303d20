"""What a whole corpus tells of a word or a line: counted in one pass, used in another."""
