/**
 * The description of sliders in `layout.meta.controls`, checked, or undefined when the figure has none that we know.
 * A state is one position a slider; states are numbered like digits, the last slider turning fastest.
 */
export function readControls({ layout, frames }) {
  const controls = layout?.meta?.controls;
  if (typeof controls !== "object" || controls === null || !Array.isArray(controls.sliders)) return undefined;
  const sliders = controls.sliders.filter(isSlider);
  if (sliders.length === 0 || sliders.length !== controls.sliders.length) return undefined;
  const rules = Array.isArray(controls.rules) ? controls.rules : undefined;
  const count = sliders.reduce((product, { labels }) => product * labels.length, 1);
  if (rules === undefined && frames.length !== count) return undefined;
  if (rules !== undefined && !sliders.every(({ values, labels }) => values?.length === labels.length))
    return undefined;
  const { intervalMs } = controls;
  return {
    sliders,
    rules,
    alts: Array.isArray(controls.alts) && controls.alts.length === count ? controls.alts : undefined,
    intervalMs: sliders.length === 1 && intervalMs >= 50 ? intervalMs : undefined,
    roomPx: controls.roomPx >= 0 ? controls.roomPx : 0,
  };
}

/** The figure as it stands at the positions of the sliders, without plotly's own sliders and the room for them. */
export function figureAt({ data, layout, frames }, controls, positions) {
  const plain = without(layout, "sliders", "updatemenus");
  const height = layout.height > 0 ? layout.height - controls.roomPx : undefined;
  const bottom = layout.margin?.b - controls.roomPx;
  const bare = {
    ...plain,
    ...(height > 0 ? { height } : {}),
    ...(bottom >= 0 ? { margin: { ...layout.margin, b: bottom } } : {}),
  };
  if (controls.rules !== undefined) return { data: byRules(data, controls, positions), layout: bare };
  const frame = frames[stateNumber(controls, positions)];
  const changed = data.map((trace) => trace);
  (frame.traces ?? []).forEach((trace, i) => {
    if (changed[trace] !== undefined) changed[trace] = overwritten(changed[trace], frame.data?.[i] ?? {});
  });
  return { data: changed, layout: overwritten(bare, without(frame.layout ?? {}, "height", "margin")) };
}

export function stateNumber({ sliders }, positions) {
  return sliders.reduce((state, { labels }, k) => state * labels.length + positions[k], 0);
}

/** What the figure says at these positions, in words; "" when nothing is known. */
export function wordsAt(controls, positions) {
  if (controls.alts !== undefined) return String(controls.alts[stateNumber(controls, positions)]);
  const tally = controls.rules?.find((rule) => Array.isArray(rule.tally));
  return tally === undefined ? "" : String(ruleValues(tally, valuesAt(controls, positions))[0]);
}

/** The list that a rule gives: sums of slider values, a choice by their sign, or a text by how many are above 0. */
export function ruleValues(rule, values) {
  const sums = rule.constant.map((start, i) =>
    values.reduce((total, value, k) => total + value * rule.slopes[k][i], start),
  );
  const clean = sums.map((sum) => Number(sum.toFixed(9)));
  if (rule.tally !== undefined) return [rule.tally[clean.filter((sum) => sum > 0).length]];
  if (rule.choose !== undefined) return clean.map((sum, i) => rule.choose[i][sum > 0 ? 0 : 1]);
  if (rule.columns === undefined) return clean;
  return Array.from({ length: clean.length / rule.columns }, (_, row) =>
    clean.slice(row * rule.columns, (row + 1) * rule.columns),
  );
}

function byRules(data, controls, positions) {
  const values = valuesAt(controls, positions);
  const changed = data.map((trace) => trace);
  for (const rule of controls.rules) {
    const trace = changed[rule.trace];
    if (trace === undefined) continue;
    const [field, inner] = String(rule.field).split(".");
    const list = ruleValues(rule, values);
    changed[rule.trace] = {
      ...trace,
      [field]: inner === undefined ? list : { ...trace[field], [inner]: list },
    };
  }
  return changed;
}

function valuesAt({ sliders }, positions) {
  return sliders.map(({ values }, k) => values[positions[k]]);
}

/** null means that the field is not there in this state. */
function overwritten(record, changes) {
  const copy = { ...record };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete copy[key];
    else copy[key] = value;
  }
  return copy;
}

function without(record, ...names) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function isSlider(slider) {
  return (
    typeof slider?.name === "string" &&
    Array.isArray(slider.labels) &&
    slider.labels.length > 1 &&
    Number.isInteger(slider.at) &&
    slider.at >= 0 &&
    slider.at < slider.labels.length
  );
}
