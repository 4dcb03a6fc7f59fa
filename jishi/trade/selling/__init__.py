"""What a shop has of its orders, beside what they are: notes, changed prices, lists."""
