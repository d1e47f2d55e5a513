"""Reads order chats: messages and a catalogue in, a draft order with evidence and confidence out."""
