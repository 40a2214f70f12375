"use strict";
// Stand-in for xlsx, as far as danfojs-node 1.2.0 calls it (io.excel.js). Published xlsx comes from outside the registry.

function unsupported() {
  throw new Error("Excel files are not supported here: save the table as CSV (UTF-8) and read that.");
}

exports.read = unsupported;
exports.readFile = unsupported;
exports.writeFile = unsupported;
exports.utils = {
  sheet_to_json: unsupported,
  aoa_to_sheet: unsupported,
  book_new: unsupported,
  book_append_sheet: unsupported,
};
