'use strict';
// The exchange itself, in what Node and browsers have in common. The texts are those of ../python/common.py.
const interop = (() => {
  const ASCII = Array.from({ length: 95 }, (_, n) => String.fromCharCode(32 + n)).join('');
  const SCRIPTS = 'Grüße, Ελληνικά, Русский, עברית, العربية, हिन्दी, ไทย, 日本語, 한국어, 👋🏽 𝄞';
  const BINARY = Uint8Array.from({ length: 1024 }, (_, n) => n % 256);
  const LENGTHS = [1, 125, 126, 127, 65535, 65536];
  const unit = new TextEncoder().encode(SCRIPTS).length, size = 1024 * 1024;
  const LARGE = SCRIPTS.repeat(Math.floor(size / unit)) + 'x'.repeat(size % unit);
  const TEXT_PIECES = [SCRIPTS.slice(0, 9), '', SCRIPTS.slice(9, 30), SCRIPTS.slice(30)];
  const PING = 'are you there?', REASON = 'that is all', SECONDS = 20;

  const short = value => {
    const text = typeof value === 'string' ? JSON.stringify(value) : `[${value}]`;
    return text.length < 60 ? text : `${text.slice(0, 50)}… (${value.length} long)`;
  };
  const text = value => typeof value === 'string';
  function same(got, expected) {
    if (!text(got)) got = new Uint8Array(got);
    const equal = text(expected) ? got === expected
      : !text(got) && got.length === expected.length && got.every((byte, n) => byte === expected[n]);
    if (!equal) throw new Error(`got ${short(got)}, expected ${short(expected)}`);
  }

  // A peer has open, send, receive, close, closed and subprotocol, and what its API offers of fragments and ping; all may be
  // async. The first connection does everything up to our close; on the second the server does what it is asked for.
  async function exchange(connect, { say, deflate, binary = true, page = true }) {
    let peer = connect([]);
    const echo = async message => { await peer.send(message); same(await peer.receive(), message); };
    const checks = {
      open: () => peer.open(),
      deflate: async () => { if (!/permessage-deflate/.test(await peer.extension())) throw new Error('not agreed to'); },
      ascii: () => echo(ASCII),
      scripts: () => echo(SCRIPTS),
      empty: async () => { await echo(''); if (binary) await echo(new Uint8Array(0)); },
      lengths: async () => { for (const length of LENGTHS) await echo('a'.repeat(length)); },
      large: () => echo(LARGE),
      binary: () => echo(BINARY),
      fragments: async () => { await peer.fragments(); same(await peer.receive(), SCRIPTS); },
      ping: async () => same(String(await peer.ping()), PING),
      close: async () => code(await peer.close(), 1000),
      subprotocol: async () => {
        peer = connect(['other', 'page.hybi']);
        await peer.open();
        same(await peer.subprotocol(), 'page.hybi');
      },
      'ping-back': async () => { await peer.send('/ping'); while (!(await peer.receive()).startsWith('# pong')); },
      'close-back': async () => { await peer.send('/close 4001 as you asked'); code(await peer.closed(), 4001); },
    };
    const code = (got, expected) => { if (got !== expected) throw new Error(`got ${got}, expected ${expected}`); };
    if (!page) for (const name of ['subprotocol', 'ping-back', 'close-back']) delete checks[name];
    if (!deflate) delete checks.deflate;
    if (!binary) delete checks.binary;
    for (const [name, check] of Object.entries(checks)) {
      if ((name === 'fragments' || name === 'ping') && !peer[name]) { say('skip', name, 'its API sends no ' + name); continue; }
      let timer;
      const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('timeout')), SECONDS * 1000); });
      try {
        await Promise.race([check(), late]);
        say('ok', name);
      } catch (error) {
        say('FAIL', name, String(error && error.message || error).replace(/\s+/g, ' ').slice(0, 300));
        break;
      } finally { clearTimeout(timer); }
    }
    say('done');
  }

  // The WebSocket that browsers and Node bring along.
  function standard(url, subprotocols) {
    const queue = [], waiting = [];
    let socket, closed;
    const put = item => waiting.length ? waiting.shift()(item) : queue.push(item);
    return {
      open: () => new Promise((resolve, reject) => {
        socket = new WebSocket(url, subprotocols);
        socket.binaryType = 'arraybuffer';
        socket.onopen = resolve;
        socket.onmessage = event => put(event.data);
        socket.onerror = () => reject(new Error('error event'));
        closed = new Promise(end => { socket.onclose = event => end(event.wasClean ? event.code : 1006); });
      }),
      extension: () => socket.extensions,
      subprotocol: () => socket.protocol,
      send: message => socket.send(message),
      receive: () => queue.length ? queue.shift() : new Promise(resolve => waiting.push(resolve)),
      close: () => { socket.close(1000, REASON); return closed; },
      closed: () => closed,
    };
  }

  return { ASCII, SCRIPTS, BINARY, LARGE, TEXT_PIECES, PING, REASON, exchange, standard };
})();
if (typeof module !== 'undefined') module.exports = interop;
