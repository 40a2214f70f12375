"use strict";
// Stand-in for request, as far as danfojs-node 1.2.0 uses it: request({ url, method, headers }) and request.get(url) give a
// readable stream of the body, which emits "response" with { statusCode, statusMessage } before its first byte.

const { PassThrough, pipeline, Readable } = require("node:stream");

function request(options) {
  const { url, method = "GET", headers } = typeof options === "string" ? { url: options } : options;
  const body = new PassThrough();
  globalThis.fetch(url, { method, headers }).then(
    (response) => {
      body.emit("response", { statusCode: response.status, statusMessage: response.statusText });
      if (response.body === null) body.end();
      // pipeline destroys `body` with the error if the connection breaks; the reader of `body` hears of it there.
      else pipeline(Readable.fromWeb(response.body), body, () => {});
    },
    (error) => {
      const reason = error.cause instanceof Error ? error.cause.message : error.message;
      body.destroy(new Error(`request: cannot fetch ${url}: ${reason}`, { cause: error }));
    },
  );
  return body;
}

request.get = request;

module.exports = request;
