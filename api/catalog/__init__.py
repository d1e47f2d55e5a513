"""What a business sells: products and their variants."""
