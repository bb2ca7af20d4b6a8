"""What every Python peer shares: the content of an exchange and the lines that it prints.

A peer is called as `PEER.py client PORT VERSION [DEFLATE]` or `PEER.py server PORT VERSION [DEFLATE]`. DEFLATE is
permessage-deflate with its parameters, as in a header. Lines: `peer NAME VERSION`, `READY PORT`, `ok CHECK`,
`skip CHECK why`, `FAIL CHECK why`, `done`, `missing MODULE`. The process ends when its standard input does. The last checks of a
client speak to the page's side of `echo_server`; with PAGE=no in the environment any echo server will do.
"""
import asyncio
import importlib.metadata
import os
import socket
import sys
import threading

ASCII = "".join(map(chr, range(0x20, 0x7F)))
SCRIPTS = "Grüße, Ελληνικά, Русский, עברית, العربية, हिन्दी, ไทย, 日本語, 한국어, 👋🏽 𝄞"
BINARY = bytes(range(256)) * 4
LENGTHS = [1, 125, 126, 127, 65535, 65536]
_UNIT = SCRIPTS.encode()
LARGE = (_UNIT * (2**20 // len(_UNIT)) + b"x" * (2**20 % len(_UNIT))).decode()
# Pieces of SCRIPTS for fragments: by characters, and by bytes with cuts inside of characters.
TEXT_PIECES = [SCRIPTS[:9], "", SCRIPTS[9:30], SCRIPTS[30:]]
BYTE_PIECES = [_UNIT[:3], b"", _UNIT[3:55], _UNIT[55:]]
PING = b"are you there?"
REASON = "that is all"
SECONDS = 20


class Cannot(Exception):
    """The library has no way to do this."""


class Peer:
    """A connection of a client library, in the words of the exchange. Raising `Cannot` skips a check."""

    binary = True
    extension = None  # what was agreed to, if permessage-deflate was
    subprotocol = None

    async def open(self, url, version, deflate, subprotocols):
        """Connects, offering these subprotocols. Sets `extension` and `subprotocol`."""
        raise NotImplementedError

    async def send(self, message):
        raise NotImplementedError

    async def receive(self):
        raise NotImplementedError

    async def send_fragments(self):
        raise Cannot("its API sends no fragments")

    async def ping(self):
        """Sends PING and gives back what the pong brought."""
        raise Cannot("its API sends no ping")

    async def close(self):
        """Closes with 1000 and REASON and gives back the code of the answer."""
        raise NotImplementedError

    async def closed(self):
        """The code with which the server closes."""
        raise NotImplementedError


class Inbox:
    """What a library with callbacks received, by kind."""

    def __init__(self):
        self.queues = {}

    def queue(self, kind):
        return self.queues.setdefault(kind, asyncio.Queue())

    def put(self, kind, item):
        if kind == "close":
            for other in self.queues.keys() - {kind}:
                self.queue(other).put_nowait(ConnectionError(f"closed: {item}"))
        self.queue(kind).put_nowait(item)

    async def get(self, kind):
        item = await self.queue(kind).get()
        if isinstance(item, ConnectionError):
            raise item
        return item


def say(*words):
    print(*words, flush=True)


def short(value):
    text = repr(value)
    return text if len(text) < 60 else f"{text[:50]}… ({len(value)} long)"


def same(got, expected):
    if got != expected or type(got) is not type(expected):
        raise ValueError(f"got {short(got)}, expected {short(expected)}")


async def exchange(new, port, version, deflate):
    """The first connection does everything up to our close; on the second the server does what it is asked for."""
    peer = new()
    url = f"ws://127.0.0.1:{port}/echo"

    async def echo(message):
        await peer.send(message)
        same(await peer.receive(), message)

    async def agreed():
        if not peer.extension:
            raise ValueError("permessage-deflate was not agreed to")

    async def lengths():
        for length in LENGTHS:
            await echo("a" * length)

    async def empty():
        await echo("")
        if peer.binary:
            await echo(b"")

    async def fragments():
        await peer.send_fragments()
        same(await peer.receive(), SCRIPTS)

    async def ping():
        same(bytes(await peer.ping()), PING)

    async def close():
        same(int(await peer.close()), 1000)

    async def subprotocol():
        nonlocal peer
        peer = new()
        await peer.open(url, version, deflate, ["other", "page.hybi"])
        same(peer.subprotocol, "page.hybi")

    async def ping_back():
        await peer.send("/ping")
        while not (await peer.receive()).startswith("# pong"):
            pass

    async def close_back():
        await peer.send("/close 4001 as you asked")
        same(int(await peer.closed()), 4001)

    checks = [("open", lambda: peer.open(url, version, deflate, []))]
    checks += [("deflate", agreed)] if deflate else []
    checks += [("ascii", lambda: echo(ASCII)), ("scripts", lambda: echo(SCRIPTS)), ("empty", empty)]
    checks += [("lengths", lengths), ("large", lambda: echo(LARGE))]
    checks += [("binary", lambda: echo(BINARY))] if peer.binary else []
    checks += [("fragments", fragments), ("ping", ping), ("close", close)]
    if os.environ.get("PAGE") != "no":
        checks += [("subprotocol", subprotocol), ("ping-back", ping_back), ("close-back", close_back)]
    for name, check in checks:
        try:
            await asyncio.wait_for(check(), SECONDS)
            say("ok", name)
        except Cannot as why:
            say("skip", name, why)
        except Exception as error:
            say("FAIL", name, type(error).__name__, str(error).replace("\n", " ")[:300])
            break
    say("done")


def arguments():
    role, port, version, *deflate = sys.argv[1:]
    return role, int(port), version, deflate[0] if deflate else ""


def parameters(deflate):
    """The parameters of `permessage-deflate; a; b=9` as {"a": True, "b": 9}."""
    pairs = [item.strip().partition("=") for item in deflate.split(";")[1:]]
    return {name: int(value) if value else True for name, _, value in pairs}


def listener():
    """A listening socket on the asked port (0: any that is free)."""
    return socket.create_server(("127.0.0.1", arguments()[1]))


def ready(port):
    say("READY", port)


def main(package, client=None, serve=None):
    """`client` is a `Peer` class, `serve` a function or a coroutine function that serves for ever."""
    role, port, version, deflate = arguments()
    say("peer", package, importlib.metadata.version(package))
    if role == "client":
        asyncio.run(exchange(client, port, version, deflate))
        sys.stdout.flush()
        os._exit(0)  # some libraries leave threads behind
    running = serve(deflate)
    if running is not None:
        asyncio.run(running)


def _end_with_stdin():
    while os.read(0, 4096):
        pass
    os._exit(0)


def _excepthook(kind, error, trace):
    if issubclass(kind, ModuleNotFoundError):
        say("missing", error.name)
        os._exit(0)
    sys.__excepthook__(kind, error, trace)


sys.excepthook = _excepthook
threading.Thread(target=_end_with_stdin, daemon=True).start()
