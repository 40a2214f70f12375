/**
 * Sliders and buttons as the page's own controls, which a keyboard reaches and a screen reader names; plotly draws its
 * own as SVG, which no Tab stops at. Gives the element, and what stops the playing.
 *
 * A page that wants no motion gets no play button; the buttons for one step stay.
 */
export function makeControls(document, controls, { title, onChange }) {
  const positions = controls.sliders.map(({ at }) => at);
  const window = document.defaultView;
  const calm = window.matchMedia?.("(prefers-reduced-motion: reduce)").matches === true;
  const node = element(document, "div", "gradus-figure-controls");
  node.setAttribute("role", "group");
  node.setAttribute(
    "aria-label",
    title === "" ? "Controls of the figure" : `Controls of the figure ${title}`,
  );
  let timer;
  let playButton;

  const inputs = controls.sliders.map(({ name, labels }, k) => {
    const label = element(document, "label", "gradus-figure-slider");
    const caption = element(document, "span");
    caption.textContent = name;
    const input = element(document, "input");
    input.type = "range";
    input.min = "0";
    input.max = String(labels.length - 1);
    input.step = "1";
    input.setAttribute("aria-label", name);
    keepKeys(input);
    const output = element(document, "output");
    // The input says its value itself.
    output.setAttribute("aria-hidden", "true");
    output.style.minWidth = `${Math.min(34, Math.max(...labels.map((text) => text.length)) + 1)}ch`;
    input.oninput = () => {
      stop();
      move(k, Number(input.value));
    };
    for (const child of [caption, input, output]) label.appendChild(child);
    return { label, input, output };
  });

  function write(k) {
    const { input, output } = inputs[k];
    const text = controls.sliders[k].labels[positions[k]];
    input.value = String(positions[k]);
    input.setAttribute("aria-valuetext", `${controls.sliders[k].name} ${text}`);
    output.textContent = text;
  }

  function move(k, position) {
    positions[k] = position;
    write(k);
    onChange([...positions], { playing: timer !== undefined });
  }

  function step(by) {
    const count = controls.sliders[0].labels.length;
    move(0, (positions[0] + by + count) % count);
  }

  function stop() {
    if (timer === undefined) return;
    window.clearInterval(timer);
    timer = undefined;
    playButton.textContent = "Play";
  }

  function play() {
    const last = controls.sliders[0].labels.length - 1;
    playButton.textContent = "Stop";
    timer = window.setInterval(() => {
      if (positions[0] === last) stop();
      else step(1);
    }, controls.intervalMs);
    step(positions[0] === last ? 1 : 0);
  }

  if (controls.sliders.length === 1) {
    if (controls.intervalMs !== undefined && !calm) {
      playButton = button(document, "Play", () => (timer === undefined ? play() : stop()));
      node.appendChild(playButton);
    }
    for (const [text, by, words] of [
      ["\u2039", -1, "One step back"],
      ["\u203a", 1, "One step on"],
    ]) {
      const stepButton = button(document, text, () => {
        stop();
        step(by);
      });
      stepButton.setAttribute("aria-label", words);
      node.appendChild(stepButton);
    }
  }
  inputs.forEach(({ label }, k) => {
    node.appendChild(label);
    write(k);
  });
  return { node, stop };
}

/** Or JupyterLab would take the arrows and Enter for its own before this element sees them; it looks at the target first. */
export function keepKeys(element) {
  element.setAttribute("data-lm-suppress-shortcuts", "true");
}

function button(document, text, onClick) {
  const made = element(document, "button");
  made.type = "button";
  made.textContent = text;
  made.onclick = onClick;
  keepKeys(made);
  return made;
}

function element(document, tagName, className) {
  const made = document.createElement(tagName);
  if (className !== undefined) made.className = className;
  return made;
}
