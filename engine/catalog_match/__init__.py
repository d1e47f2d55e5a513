"""From a customer's words to what the shop sells: retrieval, scoring, variants, packs."""
