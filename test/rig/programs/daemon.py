"""Leaves the session, the parent and the terminal behind, as a daemon does, and lives on."""

import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print('set', flush=True)
        time.sleep(600)
    os._exit(0)
time.sleep(600)
