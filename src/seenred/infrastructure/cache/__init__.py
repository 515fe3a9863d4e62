"""What need not be found out twice, kept in the user's cache."""
