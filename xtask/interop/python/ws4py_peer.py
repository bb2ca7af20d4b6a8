"""PyPI `ws4py`: threaded client for RFC 6455, server for hybi10 as well, no permessage-deflate."""
import asyncio
from wsgiref.simple_server import make_server

from common import BYTE_PIECES, PING, REASON, Inbox, Peer, arguments, main, ready
from ws4py.client.threadedclient import WebSocketClient
from ws4py.server.wsgirefserver import WebSocketWSGIRequestHandler, WSGIServer
from ws4py.server.wsgiutils import WebSocketWSGIApplication
from ws4py.websocket import WebSocket


class Client(Peer):
    async def open(self, url, version, deflate, subprotocols):
        inbox, loop = Inbox(), asyncio.get_running_loop()

        class Connection(WebSocketClient):
            def received_message(self, message):
                item = message.data.decode() if message.is_text else bytes(message.data)
                loop.call_soon_threadsafe(inbox.put, "message", item)

            def ponged(self, pong):
                loop.call_soon_threadsafe(inbox.put, "pong", pong.data)

            def closed(self, code, reason=None):
                loop.call_soon_threadsafe(inbox.put, "close", code)

        self.inbox, self.ws = inbox, Connection(url, protocols=subprotocols)
        self.ws.connect()
        self.subprotocol = self.ws.protocols[0].decode() if self.ws.protocols else None

    async def send(self, message):
        self.ws.send(message, binary=isinstance(message, bytes))

    async def receive(self):
        return await self.inbox.get("message")

    async def send_fragments(self):
        self.ws.send(piece for piece in BYTE_PIECES)

    async def ping(self):
        self.ws.ping(PING)
        return await self.inbox.get("pong")

    async def close(self):
        self.ws.close(1000, REASON)
        return await self.inbox.get("close")

    async def closed(self):
        return await self.inbox.get("close")


class Echo(WebSocket):
    def received_message(self, message):
        if message.data == b"!fragments":
            self.send(piece for piece in BYTE_PIECES)
        elif message.data == b"!ping":
            self.ping(PING)
        elif message.data == b"!close":
            self.close(1000, REASON)
        else:
            self.send(message.data, message.is_binary)

    def ponged(self, pong):
        if pong.data == PING:
            self.send("pong")


def serve(deflate):
    server = make_server(
        "127.0.0.1", arguments()[1], server_class=WSGIServer, handler_class=WebSocketWSGIRequestHandler,
        app=WebSocketWSGIApplication(handler_cls=Echo))
    server.initialize_websockets_manager()
    ready(server.server_port)
    server.serve_forever()


main("ws4py", Client, serve)
