"""Ground floor: the nouns of the evaluator. No file access, no screen, no statistics."""
