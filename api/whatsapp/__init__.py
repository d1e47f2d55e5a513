"""WhatsApp Cloud API: webhooks in, what they hold, and what becomes of it."""
