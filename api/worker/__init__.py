"""Workers: processes that do what the tables say is left to do."""
