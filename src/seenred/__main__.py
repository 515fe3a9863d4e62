"""`python -m seenred`."""

import sys

# `-m` puts the working folder first: a user's `code.py` there would be imported, unconfined, by
# whatever library imports the standard module of that name
if not sys.flags.safe_path:
    del sys.path[0]

from seenred.cli.main import main

if __name__ == "__main__":
    main()
