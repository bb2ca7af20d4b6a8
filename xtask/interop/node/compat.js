'use strict';
// `node -r ./compat.js` gives packages for Node 0.x what they were written for: a string handed to a hash without an
// encoding was latin1 before Node 6 and is UTF-8 now, which spoils the MD5 of hybi00.
const hash = Object.getPrototypeOf(require('crypto').createHash('md5'));
const { update } = hash;
hash.update = function (data, encoding) {
  return update.call(this, data, typeof data === 'string' && !encoding ? 'latin1' : encoding);
};
