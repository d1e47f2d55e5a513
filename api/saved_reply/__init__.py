"""Answers that a business gives again and again."""
