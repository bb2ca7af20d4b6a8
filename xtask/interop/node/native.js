'use strict';
// The WebSocket that Node itself brings along (by default since 22): client for hybi17.
const { main, say, standard } = require('./common');

main({
  client: url => {
    if (typeof WebSocket === 'undefined') { say('missing WebSocket in Node', process.version); process.exit(0); }
    return standard(url);
  },
});
