"""Holds port PORT as HOW says, prints a line once it does, and ends with its stdin.

bound         bound, never listening
source        the near end of a connection to somebody else
time-wait     nobody's any more, but a connection on it was closed a moment ago
reuse         listening beside others that share their port
ADDRESS       listening there
"""

import socket
import sys

how, port = sys.argv[1], int(sys.argv[2])
held = []


def listen(address, at):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    server = socket.socket(family)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if how == "reuse":
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if address == "::1":
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    server.bind((address, at))
    server.listen()
    held.append(server)
    return server


if how == "bound":
    held.append(socket.socket())
    held[0].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held[0].bind(("127.0.0.1", port))
    held[0].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
elif how == "source":
    other = listen("127.0.0.1", 0)
    near = socket.socket()
    # Only while binding: connections of an earlier test may be in TIME_WAIT on this port.
    near.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    near.bind(("127.0.0.1", port))
    near.connect(other.getsockname())
    near.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    held.append(near)
elif how == "time-wait":
    server = listen("127.0.0.1", port)
    client = socket.create_connection(("127.0.0.1", port))
    accepted, _ = server.accept()
    accepted.close()
    client.recv(1)
    client.close()
    server.close()
    held.clear()
else:
    listen("127.0.0.1" if how == "reuse" else how, port)
print("held", flush=True)
sys.stdin.read()
