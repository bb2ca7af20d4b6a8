"""PyPI `aiohttp`: client for RFC 6455, server for hybi10 as well, permessage-deflate."""
import asyncio

from common import PING, REASON, Peer, listener, main, parameters, ready
from aiohttp import ClientSession, WSMsgType, web


class Client(Peer):
    async def open(self, url, version, deflate, subprotocols):
        window = parameters(deflate).get("client_max_window_bits", 15) if deflate else 0
        self.ws = await ClientSession().ws_connect(url, compress=window, max_msg_size=0, protocols=subprotocols,
                                                   autoping=bool(subprotocols))
        self.extension, self.subprotocol = self.ws.compress, self.ws.protocol

    async def send(self, message):
        await (self.ws.send_str if isinstance(message, str) else self.ws.send_bytes)(message)

    async def receive(self):
        message = await self.ws.receive()
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            raise ConnectionError(f"got {message}")
        return message.data

    async def ping(self):
        await self.ws.ping(PING)
        return (await self.ws.receive()).data

    async def close(self):
        await self.ws.close(code=1000, message=REASON.encode())
        return self.ws.close_code

    async def closed(self):
        await self.ws.receive()
        return self.ws.close_code


async def echo(request):
    ws = web.WebSocketResponse(compress=request.app["deflate"], autoping=False, max_msg_size=0)
    await ws.prepare(request)
    async for message in ws:
        if message.type == WSMsgType.PING:
            await ws.pong(message.data)
        elif message.type == WSMsgType.PONG and message.data == PING:
            await ws.send_str("pong")
        elif message.data == "!ping":
            await ws.ping(PING)
        elif message.data == "!close":
            await ws.close(code=1000, message=REASON.encode())
        elif message.type == WSMsgType.TEXT:
            await ws.send_str(message.data)
        elif message.type == WSMsgType.BINARY:
            await ws.send_bytes(message.data)
    return ws


async def serve(deflate):
    app = web.Application()
    app["deflate"] = bool(deflate)
    app.router.add_get("/{path:.*}", echo)
    runner = web.AppRunner(app)
    await runner.setup()
    sock = listener()
    await web.SockSite(runner, sock).start()
    ready(sock.getsockname()[1])
    await asyncio.Future()


main("aiohttp", Client, serve)
