"""What the smallest useful server costs: time to its first response, memory, disk."""
