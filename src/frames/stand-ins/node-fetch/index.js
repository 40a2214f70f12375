"use strict";
// Stand-in for node-fetch 2, as far as danfojs-node 1.2.0 uses it: fetch(url, { method, headers }), then .json() or .arrayBuffer().

/** Node's own fetch. */
module.exports = function fetch(url, options) {
  return globalThis.fetch(url, options);
};
module.exports.default = module.exports;
