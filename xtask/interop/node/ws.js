'use strict';
// npm `ws`: 8 (hybi10, hybi17), 1.1.5 and 0.4.32 (hybi00 as a server, hybi10, hybi17). The old ones need compat.js.
const { Inbox, PING, REASON, TEXT_PIECES, deflate, main, name, old, parameters, port, version } = require('./common');
const ancient = name !== 'ws';
const perMessageDeflate = deflate ? { ...parameters(), threshold: 0 } : false;

function fragments(socket) {
  const last = TEXT_PIECES.length - 1;
  if (!ancient) return TEXT_PIECES.forEach((piece, n) => socket.send(piece, { fin: n === last }));
  let n = 0;
  socket.stream((error, send) => { if (n <= last) send(TEXT_PIECES[n], n++ === last); });
}

const buffer = message => typeof message === 'string' ? message : Buffer.from(message);

function client(url, subprotocols) {
  const WebSocket = require(name), inbox = new Inbox();
  let socket;
  return {
    open: () => new Promise((resolve, reject) => {
      const protocolVersion = version === 'hybi10' ? 8 : 13;
      const options = { protocolVersion, origin: 'http://127.0.0.1', perMessageDeflate };
      if (name === 'ws-0.4' && subprotocols.length) options.protocol = subprotocols.join(', '); // it heeds only this
      socket = new WebSocket(url, subprotocols, options);
      socket.on('open', resolve).on('error', reject).on('close', code => inbox.put('close', code));
      socket.on('message', (message, flag) => {
        const binary = typeof flag === 'boolean' ? flag : flag && flag.binary;
        inbox.put('message', binary ? message : String(message));
      });
      socket.on('pong', data => inbox.put('pong', data));
    }),
    extension: () => typeof socket.extensions === 'string' ? socket.extensions : Object.keys(socket.extensions || {}).join(),
    send: message => socket.send(buffer(message)),
    receive: () => inbox.get('message'),
    fragments: () => fragments(socket),
    ping: () => { socket.ping(PING); return inbox.get('pong'); },
    close: () => { socket.close(1000, REASON); return inbox.get('close'); },
    closed: () => inbox.get('close'),
    subprotocol: () => socket.protocol,
  };
}

function serve(ready) {
  const module = require(name), Server = module.WebSocketServer || module.Server;
  const server = new Server({ host: '127.0.0.1', port, perMessageDeflate }, () => ready(server._server));
  server.on('connection', socket => {
    socket.on('error', error => console.error(String(error)));
    socket.on('pong', data => { if (String(data) === PING) socket.send('pong'); });
    socket.on('message', (message, flag) => {
      const binary = Boolean(typeof flag === 'boolean' ? flag : flag && flag.binary);
      const text = binary ? '' : String(message);
      if (text === '!fragments' && !old) fragments(socket);
      else if (text === '!ping' && !old) socket.ping(PING);
      else if (text === '!close') socket.close(1000, REASON);
      else socket.send(binary ? message : text, { binary });
    });
  });
}

main({ client, serve });
