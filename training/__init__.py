"""Learning: corpus, training, evaluation and reports of the engine's models."""
