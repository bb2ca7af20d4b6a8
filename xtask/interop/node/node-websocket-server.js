'use strict';
// npm `node-websocket-server`: server for hixie75 and hybi00. Needs compat.js.
const { main, name, port } = require('./common');

function serve(ready) {
  const server = require(name).createServer();
  server.addListener('connection', connection => connection.addListener('message', message => {
    if (message === '!close') connection.close(); else connection.send(message);
  }));
  server.addListener('listening', () => ready(server.server || server));
  server.listen(port, '127.0.0.1');
}

main({ serve });
