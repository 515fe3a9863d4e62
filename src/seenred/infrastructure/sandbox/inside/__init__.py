"""What runs inside the sandbox, before and beside the hostile command.

Only the standard library, and little of it: every import here is paid for by every command.
"""
