"""PyPI `wsproto`: protocol without I/O, here on blocking sockets. RFC 6455, permessage-deflate."""
import socket
import threading

from common import PING, REASON, SECONDS, TEXT_PIECES, Peer, listener, main, parameters, ready
from wsproto import ConnectionType, WSConnection
from wsproto.events import (AcceptConnection, BytesMessage, CloseConnection, Ping, Pong, RejectConnection, Request,
                            TextMessage)
from wsproto.extensions import PerMessageDeflate


def extensions(deflate):
    return [PerMessageDeflate(**parameters(deflate))] if deflate else []


class Client(Peer):
    async def open(self, url, version, deflate, subprotocols):
        _, _, host, path = url.split("/")
        address, _, port = host.partition(":")
        self.sock = socket.create_connection((address, int(port)), SECONDS)
        self.ws = WSConnection(ConnectionType.CLIENT)
        self.events = []
        self.put(Request(host=host, target="/" + path, extensions=extensions(deflate), subprotocols=subprotocols))
        answer = self.next(AcceptConnection, RejectConnection)
        if isinstance(answer, RejectConnection):
            raise ConnectionError(f"refused: {answer.status_code}")
        self.extension, self.subprotocol = answer.extensions, answer.subprotocol

    def put(self, event):
        self.sock.sendall(self.ws.send(event))

    def next(self, *kinds):
        while True:
            for event in self.events:
                self.events.remove(event)
                if isinstance(event, kinds):
                    return event
                if isinstance(event, Ping):
                    self.put(event.response())
                if isinstance(event, CloseConnection):
                    raise ConnectionError(f"closed: {event.code} {event.reason}")
            self.ws.receive_data(self.sock.recv(65536) or None)
            self.events = list(self.ws.events())

    async def send(self, message):
        self.put((TextMessage if isinstance(message, str) else BytesMessage)(data=message))

    async def receive(self):
        event = self.next(TextMessage, BytesMessage)
        message = event.data
        while not event.message_finished:
            event = self.next(TextMessage, BytesMessage)
            message += event.data
        return message if isinstance(message, str) else bytes(message)

    async def send_fragments(self):
        for piece in TEXT_PIECES:
            self.put(TextMessage(data=piece, message_finished=piece is TEXT_PIECES[-1]))

    async def ping(self):
        self.put(Ping(payload=PING))
        return self.next(Pong).payload

    async def close(self):
        self.put(CloseConnection(code=1000, reason=REASON))
        return self.next(CloseConnection).code

    async def closed(self):
        event = self.next(CloseConnection)
        self.put(event.response())
        return event.code


def echo(sock, deflate):
    ws = WSConnection(ConnectionType.SERVER)
    while True:
        ws.receive_data(sock.recv(65536) or None)
        for event in ws.events():
            answers = []
            if isinstance(event, Request):
                answers = [AcceptConnection(extensions=extensions(deflate))]
            elif isinstance(event, Ping):
                answers = [event.response()]
            elif isinstance(event, Pong) and event.payload == PING:
                answers = [TextMessage(data="pong")]
            elif isinstance(event, CloseConnection):
                if ws.state.name == "REMOTE_CLOSING":
                    sock.sendall(ws.send(event.response()))
                return sock.close()
            elif isinstance(event, TextMessage) and event.data == "!fragments":
                answers = [TextMessage(data=piece, message_finished=piece is TEXT_PIECES[-1]) for piece in TEXT_PIECES]
            elif isinstance(event, TextMessage) and event.data == "!ping":
                answers = [Ping(payload=PING)]
            elif isinstance(event, TextMessage) and event.data == "!close":
                answers = [CloseConnection(code=1000, reason=REASON)]
            elif isinstance(event, (TextMessage, BytesMessage)):
                # A part goes back as a part, so 1 MiB comes back in many fragments.
                answers = [type(event)(data=event.data, message_finished=event.message_finished)]
            for answer in answers:
                sock.sendall(ws.send(answer))


def serve(deflate):
    sock = listener()
    ready(sock.getsockname()[1])
    while True:
        connection, _ = sock.accept()
        threading.Thread(target=echo, args=(connection, deflate), daemon=True).start()


main("wsproto", Client, serve)
