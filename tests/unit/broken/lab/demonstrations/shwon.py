"""What nobody knows."""
