"""`python -m seenred` is the `seenred` command."""

from seenred.cli.main import main

if __name__ == "__main__":
    main()
