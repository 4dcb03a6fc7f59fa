"""What a shopper sees of his own orders."""
