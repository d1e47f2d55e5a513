"""`satyasell demo`: a shop's day of chats, played through the real service."""
