"""The service: brings messages to the engine, keeps its drafts, lets people confirm them."""
