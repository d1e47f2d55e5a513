"""Requests that are safe to repeat: the same `Idempotency-Key` gets the same answer."""
