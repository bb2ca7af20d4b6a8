"""PyPI `gevent-websocket`: server for hybi10 and RFC 6455, no permessage-deflate."""
from common import PING, REASON, arguments, main, ready
from gevent.pywsgi import WSGIServer
from geventwebsocket.handler import WebSocketHandler
from geventwebsocket.websocket import WebSocket


def ponged(ws, header, payload):
    if payload == PING:
        ws.send("pong")


WebSocket.handle_pong = ponged  # its way of seeing a pong


def application(environ, start_response):
    ws = environ["wsgi.websocket"]
    while (message := ws.receive()) is not None:
        if message == "!ping":
            ws.send_frame(PING.decode(), WebSocket.OPCODE_PING)
        elif message == "!close":
            ws.close(1000, REASON.encode())
        else:
            ws.send(message, binary=not isinstance(message, str))
    return []


def serve(deflate):
    server = WSGIServer(("127.0.0.1", arguments()[1]), application, handler_class=WebSocketHandler, log=None)
    server.start()
    ready(server.server_port)
    server.serve_forever()


main("gevent-websocket", serve=serve)
