"""How the business does: counted from what is stored, each time anew. docs/analytics.md defines every number."""
