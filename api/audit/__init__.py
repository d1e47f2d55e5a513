"""What people and the service did, kept for good."""
