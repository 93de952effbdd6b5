"""A parent with children of the kinds that its arguments name; each writes its pid to children/KIND and waits.

own-group        in a process group of its own
own-session      in a session of its own
orphan           its parent has ended
daemon           own session, parent ended
no-environment   own session, environment cleared
new-title        own session, its environment overwritten, as some servers do to show a title
vanished         a daemon without environment, files, our folder and name, of which nothing leads to its run (needs perl)
nobody           another user's (needs root)
zombie           has ended, and nobody asked how

With `--leave`, the parent itself ends at once with exit code 0, as a program does that makes itself a daemon.
"""

import ctypes
import os
import sys
import time


def wait(kind):
    """In a program of its own, so that nothing of this one's is left in it but what it inherits."""
    with open(f"children/{kind}.new", "w") as file:
        file.write(str(os.getpid()))
    os.rename(f"children/{kind}.new", f"children/{kind}")
    while True:
        time.sleep(600)


def fork(child):
    if os.fork() == 0:
        child()
        os._exit(0)


def start_alone(kind, environment):
    os.setsid()
    os.execve(sys.executable, [sys.executable, __file__, "--wait", kind], environment)


def overwrite_environment():
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    texts = ctypes.cast(environ, ctypes.POINTER(ctypes.c_void_p))
    index = 0
    while texts[index]:
        ctypes.memset(texts[index], ord("x"), len(ctypes.string_at(texts[index])))
        index += 1


def vanish(kind):
    with open(f"children/{kind}.new", "w") as file:
        file.write(str(os.getpid()))
    os.rename(f"children/{kind}.new", f"children/{kind}")
    for number in (0, 1, 2):
        os.dup2(os.open("/dev/null", os.O_RDWR), number)
    os.chdir("/")
    os.execve("/usr/bin/perl", ["idle", "-e", "sleep 600"], {})


def become_orphan(kind):
    fork(lambda: wait(kind))


def start(kind):
    if kind == "own-group":
        fork(lambda: (os.setpgid(0, 0), wait(kind)))
    elif kind == "own-session":
        fork(lambda: (os.setsid(), wait(kind)))
    elif kind == "orphan":
        fork(lambda: become_orphan(kind))
    elif kind == "daemon":
        fork(lambda: (os.setsid(), become_orphan(kind)))
    elif kind == "no-environment":
        fork(lambda: start_alone(kind, {}))
    elif kind == "new-title":
        fork(lambda: (os.setsid(), overwrite_environment(), wait(kind)))
    elif kind == "vanished":
        fork(lambda: (os.setsid(), fork(lambda: vanish(kind))))
    elif kind == "nobody":
        fork(lambda: (os.open("children/nobody", os.O_CREAT), os.setuid(65534), time.sleep(600)))
    elif kind == "zombie":
        fork(lambda: open("children/zombie", "w").close())


os.makedirs("children", exist_ok=True)
if sys.argv[1] == "--wait":
    wait(sys.argv[2])
for argument in sys.argv[1:]:
    if argument != "--leave":
        start(argument)
if "--leave" not in sys.argv:
    while True:
        time.sleep(600)
