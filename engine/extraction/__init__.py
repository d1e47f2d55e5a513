"""What a message says besides its products: words, numbers, measures, references, details."""
