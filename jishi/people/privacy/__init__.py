"""What a person says and decides about himself."""
