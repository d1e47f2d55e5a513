"""Orders: drafts that the engine proposes, what a person makes of them, and confirming."""
