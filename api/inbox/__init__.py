"""The inbox: what a list of conversations shows, gathered from the features beneath it."""
