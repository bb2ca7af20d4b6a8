# -*- coding: utf-8 -*-
"""PyPI `websocket-client` 0.4.1, Python 2.7: client for hybi00. It prints the lines that common.py tells of."""
from __future__ import print_function, unicode_literals
import sys

SCRIPTS = "Grüße, Ελληνικά, Русский, עברית, العربية, हिन्दी, ไทย, 日本語, 한국어, 👋🏽 𝄞"
UNIT = SCRIPTS.encode("utf-8")
LARGE = (UNIT * (2**20 // len(UNIT)) + b"x" * (2**20 % len(UNIT))).decode("utf-8")
PORT = sys.argv[2]

try:
    import websocket
except ImportError:
    print("missing websocket")
    sys.exit()


def say(*words):
    print(*words)
    sys.stdout.flush()


def echo(message):
    ws.send(message)
    got = ws.recv()
    got = got.decode("utf-8") if isinstance(got, bytes) else got
    if got != message:
        raise ValueError("got %d characters, expected %d" % (len(got), len(message)))


def opening():
    global ws
    ws = websocket.create_connection(str("ws://127.0.0.1:%s/echo" % PORT), timeout=20)


def lengths():
    for length in (1, 125, 126, 127, 65535, 65536):
        echo("a" * length)


def close():
    ws.sock.sendall(b"\xff\x00")  # its own close does not tell whether an answer came
    got = ws.sock.recv(2)
    if got != b"\xff\x00":
        raise ValueError("got %r" % got)
    ws.sock.close()


say("peer websocket-client 0.4.1")
for name, check in [("open", opening), ("ascii", lambda: echo("".join(map(chr, range(0x20, 0x7F))))),
                    ("scripts", lambda: echo(SCRIPTS)), ("empty", lambda: echo("")), ("lengths", lengths),
                    ("large", lambda: echo(LARGE)), ("close", close)]:
    try:
        check()
        say("ok", name)
    except Exception as error:
        say("FAIL", name, type(error).__name__, str(error)[:300])
        break
say("done")
