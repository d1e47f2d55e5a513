"""From a message's words to wishes: which stretch of words means which product, in what variant, how many."""
