"""PyPI `mod_pywebsocket` 0.7.9 and `tornado` 2.4.1, Python 2.7: servers for hybi00, hybi10, hybi17.

Called as `python2_server.py mod_pywebsocket|tornado server PORT VERSION`; it prints the lines that common.py tells of.
"""
from __future__ import print_function
import os
import shutil
import socket
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
PEER = sys.argv[1]
HANDLER = """
def web_socket_do_extra_handshake(request):
    pass

def web_socket_transfer_data(request):
    while True:
        message = request.ws_stream.receive_message()
        if message is None:
            return
        if message == '!close':
            return  # the caller closes
        request.ws_stream.send_message(message, binary=isinstance(message, str))
"""


def end_with_stdin(clean):
    while os.read(0, 4096):
        pass
    clean()
    os._exit(0)


def ready(port):
    print("READY", port)
    sys.stdout.flush()


def tornado():
    from tornado import httpserver, ioloop, netutil, web, websocket

    class Echo(websocket.WebSocketHandler):
        def allow_draft76(self):
            return True

        def on_message(self, message):
            if message == "!close":
                self.close()
            else:
                self.write_message(message, binary=isinstance(message, str))

    sock, = netutil.bind_sockets(0, "127.0.0.1", socket.AF_INET)
    server = httpserver.HTTPServer(web.Application([("/.*", Echo)]))
    server.add_sockets([sock])
    print("peer tornado 2.4.1")
    ready(sock.getsockname()[1])
    ioloop.IOLoop.instance().start()


def mod_pywebsocket():
    from mod_pywebsocket import standalone

    # It takes no port 0, and wants its handlers as files.
    free = socket.socket()
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    with open(os.path.join(folder, "echo_wsh.py"), "w") as handler:
        handler.write(HANDLER)
    print("peer mod_pywebsocket 0.7.9")
    create = standalone.WebSocketServer.server_activate

    def activate(server):
        create(server)
        ready(port)

    standalone.WebSocketServer.server_activate = activate
    standalone._main(["-H", "127.0.0.1", "-p", str(port), "-d", folder, "--log-level", "critical"])


folder = tempfile.mkdtemp()
watch = threading.Thread(target=end_with_stdin, args=(lambda: shutil.rmtree(folder),))
watch.daemon = True
watch.start()
try:
    {"tornado": tornado, "mod_pywebsocket": mod_pywebsocket}[PEER]()
except ImportError:
    print("missing", PEER)
    sys.stdout.flush()
    shutil.rmtree(folder)
