"""Raw webhooks: stored before anything is understood, claimed by workers, never lost."""
