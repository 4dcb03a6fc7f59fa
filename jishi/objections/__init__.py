"""The eight objections: the sentence, the acts that answer it, its gauge, what is said today."""
