"""What goes out: messages are checked, stored, and sent to Meta in their order."""
