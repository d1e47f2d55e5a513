"""A process that ends at once, or refuses to: what a supervisor has to live with."""

import signal
import sys
import time

if __name__ == "__main__":
    if "stubborn" in sys.argv:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)
    sys.exit(3)
