"""The WebSocket on which pages and programs hear what changed, and who else is looking."""
