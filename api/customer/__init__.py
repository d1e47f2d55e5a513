"""The people who buy: known by their WhatsApp ids."""
