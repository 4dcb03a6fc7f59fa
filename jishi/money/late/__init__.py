"""What goes back late: refunds made in WeChat's own console, and after an order was settled."""
