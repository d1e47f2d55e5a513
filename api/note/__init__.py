"""What agents write for each other: beside a conversation, or about a customer. No customer ever sees it."""
