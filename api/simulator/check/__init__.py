"""Meta's validation of what is sent: each kind of content in its own file."""
