"""PyPI `tornado`: client and server for RFC 6455, permessage-deflate."""
import asyncio

from common import PING, REASON, Inbox, Peer, listener, main, ready
from tornado import httpserver, web, websocket


class Client(Peer):
    async def open(self, url, version, deflate, subprotocols):
        self.inbox = Inbox()
        options = {} if deflate else None

        class Connection(websocket.WebSocketClientConnection):
            def on_pong(connection, data):
                self.inbox.put("pong", data)

        original = websocket.WebSocketClientConnection
        websocket.WebSocketClientConnection = Connection  # the only way to see pongs as a client
        self.ws = await websocket.websocket_connect(url, compression_options=options, subprotocols=subprotocols or None)
        websocket.WebSocketClientConnection = original
        self.extension = self.ws.headers.get("Sec-WebSocket-Extensions")
        self.subprotocol = self.ws.selected_subprotocol

    async def send(self, message):
        await self.ws.write_message(message, binary=isinstance(message, bytes))

    async def receive(self):
        return await self.ws.read_message()

    async def ping(self):
        self.ws.ping(PING)
        return await self.inbox.get("pong")

    async def close(self):
        self.ws.close(1000, REASON)
        return await self.closed()

    async def closed(self):
        if await self.ws.read_message() is not None:
            raise ValueError("a message after the close")
        return self.ws.close_code


class Echo(websocket.WebSocketHandler):
    def check_origin(self, origin):
        return True

    def get_compression_options(self):
        return {} if self.settings["deflate"] else None

    def on_message(self, message):
        if message == "!ping":
            self.ping(PING)
        elif message == "!close":
            self.close(1000, REASON)
        else:
            self.write_message(message, binary=isinstance(message, bytes))

    def on_pong(self, data):
        if data == PING:
            self.write_message("pong")


async def serve(deflate):
    sock = listener()
    sock.setblocking(False)
    server = httpserver.HTTPServer(web.Application([("/.*", Echo)], deflate=bool(deflate)))
    server.add_socket(sock)
    ready(sock.getsockname()[1])
    await asyncio.Future()


main("tornado", Client, serve)
