"""The estimators: from sums and histories to numbers with their intervals."""
