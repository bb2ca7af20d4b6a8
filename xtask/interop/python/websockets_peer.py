"""PyPI `websockets`: asyncio client and server, RFC 6455, permessage-deflate with all its parameters."""
import asyncio

from common import BYTE_PIECES, PING, REASON, TEXT_PIECES, Peer, listener, main, parameters, ready
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve as listen
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, ServerPerMessageDeflateFactory


class Client(Peer):
    async def open(self, url, version, deflate, subprotocols):
        # With an empty list it sends an empty Sec-WebSocket-Extensions, which is none (RFC 6455 §9.1: one or more).
        extensions = [ClientPerMessageDeflateFactory(**parameters(deflate))] if deflate else None
        self.ws = await connect(url, extensions=extensions, compression=None, max_size=None, origin="http://127.0.0.1",
                                subprotocols=subprotocols or None)
        self.subprotocol = self.ws.subprotocol
        self.extension = self.ws.response.headers.get("Sec-WebSocket-Extensions")

    async def send(self, message):
        await self.ws.send(message)

    async def receive(self):
        return await self.ws.recv()

    async def send_fragments(self):
        await self.ws.send(BYTE_PIECES, text=True)

    async def ping(self):
        await (await self.ws.ping(PING))  # it resolves on the pong with the same payload
        return PING

    async def close(self):
        await self.ws.close(1000, REASON)
        return self.ws.close_code

    async def closed(self):
        await self.ws.wait_closed()
        return self.ws.close_code


async def echo(ws):
    async for message in ws:
        if message == "!fragments":
            await ws.send(TEXT_PIECES)
        elif message == "!ping":
            await (await ws.ping(PING))
            await ws.send("pong")
        elif message == "!close":
            await ws.close(1000, REASON)
        else:
            await ws.send(message)


async def serve(deflate):
    extensions = [ServerPerMessageDeflateFactory(**parameters(deflate))] if deflate else []
    sock = listener()
    async with listen(echo, sock=sock, extensions=extensions, compression=None, max_size=None):
        ready(sock.getsockname()[1])
        await asyncio.Future()


main("websockets", Client, serve)
