"""A second opinion by a small local language model, on request only (`--second-opinion`)."""
