"""``python -m poltwt_console``."""

import sys

from poltwt_console.app import main

if __name__ == "__main__":
    sys.exit(main())
