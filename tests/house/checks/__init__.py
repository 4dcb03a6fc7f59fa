"""What the house holds, each check a function from a house to its faults."""
