"""The only door to the engine: conversations in, proposed orders out."""
