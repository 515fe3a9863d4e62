"""Where big things lie."""
