"""PyPI `picows`: frames without messages. Client for RFC 6455, server for hybi10 as well; no permessage-deflate."""
import asyncio

from common import BYTE_PIECES, PING, REASON, Inbox, Peer, listener, main, ready
import picows
from picows import WSCloseCode, WSMsgType


def send_fragments(transport):
    for number, piece in enumerate(BYTE_PIECES):
        kind = WSMsgType.CONTINUATION if number else WSMsgType.TEXT
        transport.send(kind, piece, fin=piece is BYTE_PIECES[-1])


class Listener(picows.WSListener):
    """Puts the fragments of a message together, which picows leaves to its caller."""

    def on_ws_connected(self, transport):
        self.message = b""

    def on_ws_frame(self, transport, frame):
        kind, payload = frame.msg_type, frame.get_payload_as_bytes()
        if kind in (WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.CONTINUATION):
            self.kind = self.kind if kind == WSMsgType.CONTINUATION else kind
            self.message += payload
            if frame.fin:
                message, self.message = self.message, b""
                self.received(transport, message.decode() if self.kind == WSMsgType.TEXT else message)
        elif kind == WSMsgType.PING:
            transport.send_pong(payload)
        elif kind == WSMsgType.PONG:
            self.ponged(transport, payload)
        else:
            self.closed(transport, frame.get_close_code(), payload[2:])


def send(transport, message):
    if isinstance(message, str):
        transport.send(WSMsgType.TEXT, message.encode())
    else:
        transport.send(WSMsgType.BINARY, message)


class Client(Peer):
    async def open(self, url, version, deflate, subprotocols):
        self.inbox = inbox = Inbox()

        class Receiver(Listener):
            def received(self, transport, message):
                inbox.put("message", message)

            def ponged(self, transport, payload):
                inbox.put("pong", payload)

            def closed(self, transport, code, reason):
                inbox.put("close", getattr(code, "value", code))
                if not transport.is_close_frame_sent:
                    transport.send_close(code, reason)
                transport.disconnect()

        offered = [("Sec-WebSocket-Protocol", ", ".join(subprotocols))] if subprotocols else None
        self.transport, _ = await picows.ws_connect(Receiver, url, enable_auto_pong=False, extra_headers=offered)
        self.subprotocol = self.transport.response.headers.get("Sec-WebSocket-Protocol")

    async def send(self, message):
        send(self.transport, message)

    async def receive(self):
        return await self.inbox.get("message")

    async def send_fragments(self):
        send_fragments(self.transport)

    async def ping(self):
        self.transport.send_ping(PING)
        return await self.inbox.get("pong")

    async def close(self):
        self.transport.send_close(WSCloseCode.OK, REASON.encode())
        return await self.inbox.get("close")

    async def closed(self):
        return await self.inbox.get("close")


class Echo(Listener):
    def received(self, transport, message):
        if message == "!fragments":
            send_fragments(transport)
        elif message == "!ping":
            transport.send_ping(PING)
        elif message == "!close":
            transport.send_close(WSCloseCode.OK, REASON.encode())
        else:
            send(transport, message)

    def ponged(self, transport, payload):
        if payload == PING:
            send(transport, "pong")

    def closed(self, transport, code, reason):
        if not transport.is_close_frame_sent:
            transport.send_close(code, reason)
        transport.disconnect()


async def serve(deflate):
    sock = listener()
    server = await picows.ws_create_server(lambda request: Echo(), sock=sock, enable_auto_pong=False)
    ready(sock.getsockname()[1])
    await server.serve_forever()


main("picows", Client, serve)
