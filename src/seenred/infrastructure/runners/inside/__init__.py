"""What runs inside the sandbox beside a candidate: plain standard library, sent in as files."""
