"""Where accounts are kept: in memory, or in one file that all processes of a user share."""
