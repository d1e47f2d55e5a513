"""The conversation: each message becomes acts, and the acts, applied in order, become the draft."""
