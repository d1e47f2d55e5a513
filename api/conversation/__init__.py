"""Conversations of customers with a channel, their messages and what became of those."""
