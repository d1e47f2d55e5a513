"""The catalogue as a file: imported from what sellers have, exported so that it can come back."""
