"""Message templates: synchronised from Meta, kept fresh by webhooks, filled with values."""
