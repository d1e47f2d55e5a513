"""Tells open pages what changed, through PostgreSQL's LISTEN/NOTIFY."""
