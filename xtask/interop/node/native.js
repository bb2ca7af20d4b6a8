'use strict';
// The WebSocket that Node itself brings along: since 22 by default, in 20 behind a flag. Client for hybi17.
const FLAG = '--experimental-websocket';
if (typeof WebSocket === 'undefined' && !process.execArgv.includes(FLAG)) {
  const child = require('child_process').spawn(
    process.execPath, [FLAG, ...process.execArgv, ...process.argv.slice(1)], { stdio: ['pipe', 'inherit', 'ignore'] });
  process.stdin.pipe(child.stdin);
  child.stdin.on('error', () => {});
  child.on('exit', code => {
    if (code) console.log('missing WebSocket in Node', process.version); // it does not know the flag
    process.exit(0);
  });
} else {
  const { main, standard } = require('./common');
  main({ client: standard });
}
