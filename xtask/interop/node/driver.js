'use strict';
// npm `websocket-driver` (0.8: hixie75 and hybi00 as a server, hybi17; 0.6.5: all four as a server) and
// `faye-websocket` on top of it (hybi17). permessage-deflate with the package of that name.
const { Inbox, PING, REASON, deflate, main, name, net, parameters, port, upgrading } = require('./common');
const faye = name === 'faye-websocket', recent = name === 'websocket-driver';
const extensions = () => deflate ? [require('permessage-deflate').configure(window(parameters()))] : [];
const window = p => ({
  noContextTakeover: p.clientNoContextTakeover || p.serverNoContextTakeover,
  maxWindowBits: p.clientMaxWindowBits || p.serverMaxWindowBits,
});

function client(url, protocols) {
  const inbox = new Inbox(), headers = { Origin: 'http://127.0.0.1' };
  let socket, driver, answer;
  return {
    open: () => new Promise((resolve, reject) => {
      if (faye) {
        driver = new (require(name).Client)(url, protocols, { headers, extensions: extensions() });
        driver.on('open', () => { answer = driver.headers; resolve(); });
      } else {
        driver = require(name).client(url, { protocols });
        for (const extension of extensions()) driver.addExtension(extension);
        driver.setHeader('Origin', headers.Origin);
        socket = net.connect(port, '127.0.0.1', () => driver.start());
        socket.pipe(driver.io).pipe(socket);
        driver.on('open', () => { answer = driver.headers; resolve(); });
      }
      driver.on('message', event => inbox.put('message', event.data));
      driver.on('error', reject);
      driver.on('close', event => inbox.put('close', event.code));
    }),
    extension: () => answer['sec-websocket-extensions'],
    send: message => {
      if (faye) driver.send(typeof message === 'string' ? message : Buffer.from(message));
      else if (typeof message === 'string') driver.text(message); else driver.binary(Buffer.from(message));
    },
    receive: () => inbox.get('message'),
    ping: () => new Promise(resolve => driver.ping(PING, () => resolve(PING))), // called on the pong with its payload
    close: () => { if (faye) driver.close(1000, REASON); else driver.close(REASON, 1000); return inbox.get('close'); },
    closed: () => inbox.get('close'),
    subprotocol: () => driver.protocol,
  };
}

/** Answers what a server got; `out` says how to send. */
function react(data, out) {
  if (data === '!ping' && out.ping()) return;
  if (data === '!close') out.close();
  else out.echo(data);
}

function serve(ready) {
  const module = require(name), settings = { requireMasking: true };
  if (recent) settings.allowDrafts = true; // 0.8 wants to be asked for hixie75 and hybi00; 0.6 refuses the option
  const server = upgrading((request, socket, head) => {
    if (faye) {
      const ws = new module(request, socket, head, [], { extensions: extensions() });
      ws.on('message', event => react(event.data, {
        echo: data => ws.send(data), close: () => ws.close(1000, REASON), ping: () => ws.ping(PING, () => ws.send('pong')),
      }));
      return;
    }
    const driver = module.http(request, settings);
    for (const extension of driver.addExtension ? extensions() : []) driver.addExtension(extension);
    driver.io.write(head);
    driver.on('message', event => react(event.data, {
      echo: data => typeof data === 'string' ? driver.text(data) : driver.binary(data),
      close: () => driver.close(REASON, 1000), ping: () => driver.ping(PING, () => driver.text('pong')),
    }));
    driver.on('error', error => console.error(String(error)));
    driver.on('close', () => socket.end());
    socket.on('error', () => {}).on('end', () => socket.end()); // Node's HTTP sockets may be half open
    socket.pipe(driver.io).pipe(socket);
    driver.start();
  });
  server.listen(port, '127.0.0.1', () => ready(server));
}

main({ client, serve });
