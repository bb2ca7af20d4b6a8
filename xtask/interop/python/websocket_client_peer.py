"""PyPI `websocket-client`: blocking client for RFC 6455, no permessage-deflate."""
from common import BYTE_PIECES, PING, REASON, Peer, main
from websocket import ABNF, create_connection


class Client(Peer):
    async def open(self, url, version, deflate, subprotocols):
        self.ws = create_connection(url, timeout=20, subprotocols=subprotocols)
        self.subprotocol = self.ws.getsubprotocol()

    async def send(self, message):
        self.ws.send(message, ABNF.OPCODE_TEXT if isinstance(message, str) else ABNF.OPCODE_BINARY)

    async def receive(self):
        opcode, data = self.ws.recv_data()
        if opcode == ABNF.OPCODE_TEXT:
            return data.decode()
        if opcode == ABNF.OPCODE_BINARY:
            return data
        raise ConnectionError(f"got opcode {opcode}: {data}")

    async def send_fragments(self):
        for number, piece in enumerate(BYTE_PIECES):
            opcode = ABNF.OPCODE_CONT if number else ABNF.OPCODE_TEXT
            self.ws.send_frame(ABNF(int(piece is BYTE_PIECES[-1]), 0, 0, 0, opcode, 1, piece))

    async def ping(self):
        self.ws.ping(PING)
        _, data = self.ws.recv_data(control_frame=True)
        return data

    async def close(self):
        self.ws.send_close(1000, REASON.encode())
        return await self.closed()

    async def closed(self):
        opcode, data = self.ws.recv_data(control_frame=True)
        self.ws.shutdown()
        return int.from_bytes(data[:2], "big")


main("websocket-client", Client)
