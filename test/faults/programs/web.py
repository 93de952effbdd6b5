"""A web server with rare habits, on $PORT; each request is written to its output.

--address A          listens there instead of 127.0.0.1
--reuse-port         shares its port with whoever asks for that, too
--redirect URL       answers 302 to URL
--tls FOLDER         speaks https with FOLDER/cert.pem and FOLDER/key.pem
--slow SECONDS       is silent that long before each answer, one request at a time
--only PATH          answers 404 on every other path
--polite SIGNAL      ends only at this signal, having said "goodbye"; ignores SIGTERM
--let-go FILE        closes its listening socket, and lives on, once FILE exists
--daemon FILE        leaves a daemon behind that has the listening socket and nothing else of it, and its pid in FILE
--mended FILE        does not listen before FILE exists, as a reloader over broken code
--run COMMAND FILE   runs COMMAND when asked for /run, its output goes to FILE
"""

import argparse
import http.server
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

parser = argparse.ArgumentParser()
for option in ("--redirect", "--tls", "--only", "--polite", "--let-go", "--daemon", "--mended"):
    parser.add_argument(option)
parser.add_argument("--address", default="127.0.0.1")
parser.add_argument("--slow", type=float, default=0)
parser.add_argument("--reuse-port", action="store_true")
parser.add_argument("--run", nargs=2)
options = parser.parse_args()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print("asked for", self.path, flush=True)
        time.sleep(options.slow)
        if options.redirect:
            self.send_response(302)
            self.send_header("Location", options.redirect)
        elif options.only and self.path != options.only:
            self.send_response(404)
        else:
            self.send_response(200)
        self.end_headers()
        if self.path == "/run" and options.run:
            command, file = options.run
            with open(file, "w") as output:
                subprocess.Popen(command, shell=True, stdout=output, stderr=output)
        self.wfile.write(b"web\n")

    def log_message(self, *_):
        pass


def wait_for(path):
    while not os.path.exists(path):
        time.sleep(0.02)


def leave_daemon(file):
    """A process without our environment, session, parent, files; in our folder, so that the test finds it."""
    listening = server.socket.fileno()
    if os.fork() != 0:
        return
    os.setsid()
    if os.fork() != 0:
        os._exit(0)
    for number in (0, 1, 2):
        os.dup2(os.open("/dev/null", os.O_RDWR), number)
    os.set_inheritable(listening, True)
    program = f"open({file!r}, 'w').write(str(__import__('os').getpid())); __import__('time').sleep(600)"
    os.execve(sys.executable, [sys.executable, "-c", program], {})


def stop_listening():
    wait_for(options.let_go)
    server.shutdown()
    server.socket.close()
    print("let go", flush=True)


if options.polite:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(getattr(signal, options.polite), lambda *_: (print("goodbye", flush=True), os._exit(0)))
if options.mended:
    print("SyntaxError: broken code", flush=True)
    wait_for(options.mended)

http.server.HTTPServer.address_family = socket.AF_INET6 if ":" in options.address else socket.AF_INET
server = http.server.HTTPServer((options.address, int(os.environ["PORT"])), Handler, bind_and_activate=False)
server.allow_reuse_address = True
if options.reuse_port:
    server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
server.server_bind()
server.server_activate()
if options.daemon:
    leave_daemon(options.daemon)
if options.tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{options.tls}/cert.pem", f"{options.tls}/key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
if options.let_go:
    threading.Thread(target=stop_listening).start()
server.serve_forever(poll_interval=0.02)
signal.pause()
