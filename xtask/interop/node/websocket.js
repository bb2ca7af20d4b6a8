'use strict';
// npm `websocket`: hybi10 and hybi17, both roles, no permessage-deflate.
const { Inbox, PING, REASON, SCRIPTS, main, name, port, upgrading, version } = require('./common');

function fragments(connection) {
  const { fragmentationThreshold } = connection.config;
  connection.config.fragmentationThreshold = 16;
  connection.sendUTF(SCRIPTS);
  connection.config.fragmentationThreshold = fragmentationThreshold;
}

const send = (connection, message) =>
  typeof message === 'string' ? connection.sendUTF(message) : connection.sendBytes(Buffer.from(message));
const content = message => message.type === 'utf8' ? message.utf8Data : message.binaryData;
const limits = { maxReceivedFrameSize: 2 ** 21, maxReceivedMessageSize: 2 ** 21 };

function client(url, subprotocols) {
  const Client = require(name).client, inbox = new Inbox();
  let connection;
  return {
    open: () => new Promise((resolve, reject) => {
      const connector = new Client({ ...limits, webSocketVersion: version === 'hybi10' ? 8 : 13 });
      connector.on('connectFailed', reject).on('connect', opened => {
        connection = opened;
        connection.on('message', message => inbox.put('message', content(message)));
        connection.on('pong', data => inbox.put('pong', data));
        connection.on('close', code => inbox.put('close', code));
        resolve();
      });
      connector.connect(url, subprotocols, 'http://127.0.0.1');
    }),
    send: message => send(connection, message),
    receive: () => inbox.get('message'),
    fragments: () => fragments(connection),
    ping: () => { connection.ping(PING); return inbox.get('pong'); },
    close: () => { connection.close(1000, REASON); return inbox.get('close'); },
    closed: () => inbox.get('close'),
    subprotocol: () => connection.protocol,
  };
}

function serve(ready) {
  const http = upgrading(() => {});
  const server = new (require(name).server)({ ...limits, httpServer: http, autoAcceptConnections: false });
  server.on('request', request => {
    const connection = request.accept(null, request.origin);
    connection.on('pong', data => { if (String(data) === PING) connection.sendUTF('pong'); });
    connection.on('message', message => {
      if (message.utf8Data === '!fragments') fragments(connection);
      else if (message.utf8Data === '!ping') connection.ping(PING);
      else if (message.utf8Data === '!close') connection.close(1000, REASON);
      else send(connection, content(message));
    });
  });
  http.listen(port, '127.0.0.1', () => ready(http));
}

main({ client, serve });
