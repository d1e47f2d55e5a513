"""Who may do what: businesses, their WhatsApp numbers, their people and those people's sessions."""
