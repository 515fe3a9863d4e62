"""Settings: typed, nested, validated."""
