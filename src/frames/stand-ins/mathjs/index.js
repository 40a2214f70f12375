"use strict";
// Stand-in for mathjs, as far as danfojs-node 1.2.0 calls it: five statistics of one list of numbers, with mathjs's
// answers (sample variance, 0 for a single value; mode is a list). mathjs itself is 18 MB and takes 0.9 s to load.

function numbers(name, values) {
  if (!Array.isArray(values) || values.length === 0) throw new Error(`${name}: there are no values`);
  values.forEach((value, index) => {
    if (typeof value !== "number" || Number.isNaN(value)) {
      const what =
        value === null || value === undefined || Number.isNaN(value)
          ? "missing"
          : `no number but ${JSON.stringify(value)}`;
      throw new Error(`${name}: value ${index} is ${what}; drop it or fill it in first`);
    }
  });
  return values;
}

function mean(values) {
  return numbers("mean", values).reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values) {
  const center = mean(numbers("variance", values));
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return values.length === 1 ? 0 : squares / (values.length - 1);
}

function std(values) {
  return Math.sqrt(variance(numbers("std", values)));
}

function median(values) {
  const sorted = [...numbers("median", values)].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The most frequent values, in the order in which they first occur. Text counts too. */
function mode(values) {
  if (!Array.isArray(values) || values.length === 0) throw new Error("mode: there are no values");
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].filter(([, count]) => count === most).map(([value]) => value);
}

module.exports = { mean, median, mode, std, variance };
