"""What is kept of runs: tables, how they came to be, and who reads and writes them."""
