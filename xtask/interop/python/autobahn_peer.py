"""PyPI `autobahn` on asyncio: client and server for hybi10 and RFC 6455, permessage-deflate."""
import asyncio

from common import BYTE_PIECES, PING, REASON, Inbox, Peer, listener, main, ready
from autobahn.asyncio.websocket import (WebSocketClientFactory, WebSocketClientProtocol, WebSocketServerFactory,
                                        WebSocketServerProtocol)
from autobahn.websocket.compress import (PerMessageDeflateOffer, PerMessageDeflateOfferAccept,
                                         PerMessageDeflateResponse, PerMessageDeflateResponseAccept)


def send_fragments(protocol):
    protocol.beginMessage(isBinary=False)
    for piece in BYTE_PIECES:
        protocol.sendMessageFrame(piece)
    protocol.endMessage()


class Client(Peer):
    async def open(self, url, version, deflate, subprotocols):
        inbox, opened = Inbox(), asyncio.get_running_loop().create_future()

        class Connection(WebSocketClientProtocol):
            def onConnect(self, response):
                self.response = response

            def onOpen(self):
                opened.set_result(self)

            def onMessage(self, payload, binary):
                inbox.put("message", payload if binary else payload.decode())

            def onPong(self, payload):
                inbox.put("pong", payload)

            def onClose(self, clean, code, reason):
                inbox.put("close", code)
                if not opened.done():
                    opened.set_exception(ConnectionError(f"{code} {reason}"))

        factory = WebSocketClientFactory(url, protocols=subprotocols)
        factory.protocol = Connection
        factory.setProtocolOptions(version=10 if version == "hybi10" else 18)
        if deflate:
            factory.setProtocolOptions(
                perMessageCompressionOffers=[PerMessageDeflateOffer()],
                perMessageCompressionAccept=lambda response: PerMessageDeflateResponseAccept(response)
                if isinstance(response, PerMessageDeflateResponse) else None)
        await asyncio.get_running_loop().create_connection(factory, factory.host, factory.port)
        self.inbox, self.ws = inbox, await opened
        self.extension = self.ws.websocket_extensions_in_use
        self.subprotocol = self.ws.websocket_protocol_in_use

    async def send(self, message):
        self.ws.sendMessage(message.encode() if isinstance(message, str) else message, isinstance(message, bytes))

    async def receive(self):
        return await self.inbox.get("message")

    async def send_fragments(self):
        send_fragments(self.ws)

    async def ping(self):
        self.ws.sendPing(PING)
        return await self.inbox.get("pong")

    async def close(self):
        self.ws.sendClose(1000, REASON)
        return await self.inbox.get("close")

    async def closed(self):
        return await self.inbox.get("close")


class Echo(WebSocketServerProtocol):
    def onMessage(self, payload, binary):
        if payload == b"!fragments":
            send_fragments(self)
        elif payload == b"!ping":
            self.sendPing(PING)
        elif payload == b"!close":
            self.sendClose(1000, REASON)
        else:
            self.sendMessage(payload, binary)

    def onPong(self, payload):
        if payload == PING:
            self.sendMessage(b"pong")


async def serve(deflate):
    factory = WebSocketServerFactory()
    factory.protocol = Echo
    if deflate:
        factory.setProtocolOptions(perMessageCompressionAccept=lambda offers: next(
            (PerMessageDeflateOfferAccept(offer) for offer in offers if isinstance(offer, PerMessageDeflateOffer)), None))
    sock = listener()
    server = await asyncio.get_running_loop().create_server(factory, sock=sock)
    ready(sock.getsockname()[1])
    await server.serve_forever()


main("autobahn", Client, serve)
