"""From an empty installation to the first draft: the first business, what is still to be done, and the simulator."""
