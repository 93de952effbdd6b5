"""A process that forks and exits every few milliseconds, for ten seconds at most: its pid is never the one just seen."""

import os
import sys
import time

end = time.monotonic() + 10
print("moving", flush=True)
while time.monotonic() < end:
    time.sleep(0.003)
    if os.fork() != 0:
        os._exit(0)
    with open(sys.argv[1], "a") as heartbeat:
        heartbeat.write(".")
