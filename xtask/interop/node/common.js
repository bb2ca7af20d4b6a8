'use strict';
// What every JavaScript peer shares: the content of an exchange and the lines that it prints.
// A peer is called as `node FILE PACKAGE client|server PORT VERSION [DEFLATE]`; ../python/common.py tells the rest.
const fs = require('fs'), net = require('net'), path = require('path');
const content = require('./exchange');

const [name, role, port, version, deflate = ''] = process.argv.slice(2);
const say = (...words) => console.log(words.join(' '));
const old = version === 'hixie75' || version === 'hybi00';

/** What a library with events received, by kind. */
class Inbox {
  constructor() { this.waiting = {}; this.items = {}; this.closed = null; }
  put(kind, item) {
    const next = (this.waiting[kind] = this.waiting[kind] || []).shift();
    if (next) next.resolve(item); else (this.items[kind] = this.items[kind] || []).push(item);
    if (kind !== 'close') return;
    this.closed = item;
    for (const other of Object.keys(this.waiting)) this.waiting[other].forEach(w => w.reject(new Error('closed: ' + item)));
  }
  get(kind) {
    const items = this.items[kind] = this.items[kind] || [];
    if (items.length) return Promise.resolve(items.shift());
    if (this.closed !== null) return Promise.reject(new Error('closed: ' + this.closed));
    return new Promise((resolve, reject) => (this.waiting[kind] = this.waiting[kind] || []).push({ resolve, reject }));
  }
}

/** `permessage-deflate; a_b; c=9` as { aB: true, c: 9 }. */
function parameters() {
  const found = {};
  for (const item of deflate.split(';').slice(1)) {
    const [key, value] = item.trim().split('=');
    found[key.replace(/_(.)/g, (_, letter) => letter.toUpperCase())] = value === undefined ? true : Number(value);
  }
  return found;
}

/** Whether this was called to be a client or a server; `client` gives a peer, `serve` a listening server. */
function main({ client, serve }) {
  try {
    say('peer', name, packageVersion());
    if (role === 'client') {
      const connect = subprotocols => client(`ws://127.0.0.1:${port}/echo`, subprotocols);
      content.exchange(connect, { deflate, say, binary: !old, page: process.env.PAGE !== 'no' }).then(() => process.exit(0));
    } else serve(server => say('READY', server.address().port));
  } catch (error) { missing(error); }
}

function packageVersion() {
  for (const folder of (process.env.NODE_PATH || '').split(path.delimiter)) {
    const file = path.join(folder, name, 'package.json');
    if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file)).version;
  }
  return process.version;
}

function missing(error) {
  if (error && error.code === 'MODULE_NOT_FOUND') { say('missing', name); process.exit(0); }
  console.error(error);
  if (role === 'client') process.exit(1);
}

/** An HTTP server that only upgrades. */
function upgrading(on) {
  const server = require('http').createServer((request, response) => { response.writeHead(426); response.end(); });
  server.on('upgrade', on);
  return server;
}

process.on('uncaughtException', missing);
process.stdin.on('end', () => process.exit(0)).resume();
module.exports = { ...content, Inbox, main, name, net, old, parameters, port: Number(port), say, upgrading, version, deflate };
