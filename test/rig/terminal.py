"""Runs a command on a pseudo terminal: what arrives on stdin is typed, what it prints goes to stdout.

The terminal hangs up at the end of what is typed, or when this script is killed. Ends with the command's exit code, or 128 + signal.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios


def main() -> int:
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(sys.argv[1], sys.argv[1:])
    rows, columns = map(int, os.environ.get("TERMINAL_SIZE", "40x120").split("x"))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    sources = [0, terminal]
    while True:
        ready, _, _ = select.select(sources, [], [])
        if 0 in ready:
            typed = os.read(0, 4096)
            if typed:
                os.write(terminal, typed)
            else:
                os.close(terminal)
                break
        if terminal in ready:
            try:
                printed = os.read(terminal, 65536)
            except OSError:
                break
            if not printed:
                break
            os.write(1, printed)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


sys.exit(main())
