"""A shop's books as its bookkeeper sees them."""
