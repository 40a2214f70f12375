export const QUIZ_MIME_TYPE = "application/vnd.gradus.quiz+json";

const STYLE = `
.gradus-quiz-widget { max-width: 48em; padding: 4px 0; line-height: 1.5; font-family: var(--jp-content-font-family, sans-serif);
  font-size: var(--jp-content-font-size1, 14px); color: var(--jp-content-font-color1, inherit); overflow: auto; }
.gradus-quiz-widget fieldset { border: 1px solid var(--jp-border-color0, #808080); border-radius: 4px; margin: 8px 0; padding: 4px 14px 6px; min-width: 0; }
.gradus-quiz-widget legend { font-weight: 600; padding: 0 4px; }
.gradus-quiz-option { display: flex; gap: 8px; align-items: baseline; padding: 4px 2px; cursor: pointer; border-radius: 3px; }
.gradus-quiz-option:hover { background: var(--jp-layout-color2, rgba(128, 128, 128, 0.15)); }
.gradus-quiz-option input { margin: 0; flex: none; accent-color: var(--jp-brand-color1, #1976d2); }
.gradus-quiz-widget :focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 2px; }
.gradus-quiz-mark { font-weight: 600; white-space: nowrap; }
.gradus-quiz-why { padding: 0 0 6px 28px; }
.gradus-quiz-widget code { font-family: var(--jp-code-font-family, monospace); font-size: 0.95em; }
.gradus-quiz-widget pre { overflow: auto; }
.gradus-quiz-button { font: inherit; color: inherit; background: var(--jp-layout-color2, #e0e0e0); border: 1px solid var(--jp-border-color0, #808080);
  border-radius: 4px; padding: 4px 14px; cursor: pointer; }
.gradus-quiz-status:focus { outline: none; }
.gradus-quiz-status:not(:empty) { border-left: 4px solid var(--jp-brand-color1, #1976d2); padding-left: 10px; margin: 8px 0; }
.gradus-quiz-widget [hidden] { display: none; }
`;

/** The MIME renderer extension for quizzes and predictions, as JupyterLab's IRenderMime.IExtension. */
export function createQuizExtension({ Widget }) {
  const QuizWidget = defineQuizWidget(Widget);
  return {
    id: "gradus-figures:quiz",
    description: "Shows the quizzes and predictions of gradus with radio buttons.",
    rendererFactory: {
      safe: true,
      mimeTypes: [QUIZ_MIME_TYPE],
      createRenderer: (options) => new QuizWidget(options),
    },
    rank: 0,
    dataType: "json",
  };
}

function defineQuizWidget(Widget) {
  return class QuizWidget extends Widget {
    #options;

    constructor(options = {}) {
      super();
      this.#options = options;
      this.addClass("gradus-quiz-widget");
      // In a notebook arrows leave the output, "b" inserts a cell and "d d" deletes one. Not while a button has the focus.
      this.node.addEventListener("keydown", (event) => {
        const isShortcut = event.ctrlKey || event.altKey || event.metaKey;
        if (!isShortcut && event.key !== "Tab" && event.key !== "Escape") event.stopPropagation();
      });
      addStyle(this.node.ownerDocument);
    }

    async renderModel(model) {
      const json = model.data[this.#options.mimeType ?? QUIZ_MIME_TYPE];
      this.node.textContent = "";
      try {
        this.node.appendChild(drawQuiz(this.node.ownerDocument, safeQuiz(json)));
        this.#options.latexTypesetter?.typeset(this.node);
      } catch (error) {
        this.node.textContent = `(Quiz not shown: ${error?.message ?? error})`;
      }
    }
  };
}

let count = 0;

/** The quiz as a form. Everything from the notebook becomes text, never HTML. */
export function drawQuiz(document, { kind, id, questions, after }) {
  const make = maker(document);
  const isQuiz = kind === "quiz";
  count += 1;
  const groups = questions.map((question, i) =>
    drawQuestion(make, question, { isQuiz, i, name: `gradus-quiz-${count}-${i}` }),
  );
  const status = make("div", { class: "gradus-quiz-status", role: "status", tabindex: "-1" });
  const afterwards = make(
    "div",
    { hidden: "" },
    after.map((block) => drawBlock(make, block)),
  );
  const button = make("button", { type: "submit", class: "gradus-quiz-button" }, [
    isQuiz ? "Check my answers" : "This is my prediction",
  ]);
  const form = make("form", {}, [
    ...groups.map(({ node }) => node),
    make("p", {}, [button]),
    status,
    afterwards,
  ]);

  const clear = () => {
    for (const { rows } of groups)
      for (const row of rows) {
        row.mark.textContent = "";
        row.why.hidden = true;
      }
    status.textContent = "";
  };
  form.addEventListener("change", clear);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clear();
    const chosen = groups.map(({ rows }) => rows.find(({ input }) => input.checked));
    const open = chosen.indexOf(undefined);
    if (open >= 0) {
      status.textContent = isQuiz ? `Question ${open + 1} has no answer yet.` : "Choose one first.";
      groups[open].rows[0].input.focus();
      return;
    }
    for (const [i, row] of chosen.entries()) {
      if (isQuiz || groups[i].rows.some(({ right }) => right))
        row.mark.textContent = row.right ? "\u2713 right" : "\u2717 not right";
      row.why.hidden = row.why.textContent === "";
    }
    const right = chosen.filter((row) => row.right).length;
    const again = right < chosen.length ? " Change an answer and check again." : "";
    const letters = chosen.map(({ letter }) => `"${letter}"`);
    status.append(
      isQuiz ? `${right} of ${chosen.length} right.${again}` : `You said ${chosen[0].letter}.`,
      make("div", {}, [
        "To keep it in your progress, run: ",
        make("code", {}, [
          isQuiz ? `quiz("${id}", [${letters.join(", ")}])` : `predict("${id}", ${letters[0]})`,
        ]),
      ]),
    );
    if (!isQuiz) commit(groups[0], chosen[0]);
  });

  /** A prediction is made once. */
  function commit({ rows }, own) {
    for (const row of rows) {
      row.input.disabled = row !== own;
      if (row.right) row.mark.textContent = "\u2713 right";
    }
    button.hidden = true;
    afterwards.hidden = false;
    // The button that had the focus is gone.
    status.focus();
  }
  return form;
}

function drawQuestion(make, { text, options }, { isQuiz, i, name }) {
  const rows = options.map((option, k) => {
    const letter = String.fromCharCode(97 + k);
    const input = make("input", { type: "radio", name, value: letter });
    const mark = make("span", { class: "gradus-quiz-mark" });
    const words = make("span", {}, [`${letter}) `, ...drawSpans(make, option.text), " ", mark]);
    const why = make("div", { class: "gradus-quiz-why", hidden: "" }, drawSpans(make, option.why));
    return {
      letter,
      input,
      mark,
      why,
      right: option.right,
      nodes: [make("label", { class: "gradus-quiz-option" }, [input, words]), why],
    };
  });
  const legend = make("legend", {}, [isQuiz ? `${i + 1}. ` : "", ...drawSpans(make, text)]);
  return { rows, node: make("fieldset", {}, [legend, ...rows.flatMap(({ nodes }) => nodes)]) };
}

function drawBlock(make, block) {
  return "code" in block
    ? make("pre", {}, [make("code", {}, [block.code])])
    : make("p", {}, drawSpans(make, block.spans));
}

function drawSpans(make, spans) {
  return spans.flatMap(({ kind, text }) => {
    if (kind === "math") return `$${text}$`;
    // A dollar of the text begins no formula when it has a tag around it.
    const parts = text.split("$").flatMap((part, i) => (i === 0 ? [part] : [make("span", {}, ["$"]), part]));
    return kind === "text" ? parts : make(kind, {}, parts);
  });
}

function maker(document) {
  return (tag, attributes = {}, children = []) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
}

const SPAN_KINDS = ["text", "code", "strong", "em", "math"];

/** What stands in a notebook may have been written by anyone: only what a quiz has is taken over. */
function safeQuiz(json) {
  if (json?.version !== 1 || !Array.isArray(json.questions) || json.questions.length === 0)
    throw new Error("it was made by another version of gradus; run the cell again");
  const spans = (list) =>
    (Array.isArray(list) ? list : []).map(({ kind, text }) => ({
      kind: SPAN_KINDS.includes(kind) ? kind : "text",
      text: String(text),
    }));
  return {
    kind: json.kind === "prediction" ? "prediction" : "quiz",
    id: String(json.id),
    questions: json.questions.map(({ text, options }) => ({
      text: spans(text),
      options: (Array.isArray(options) ? options : []).map((option) => ({
        text: spans(option.text),
        right: option.right === true,
        why: spans(option.why),
      })),
    })),
    after: (Array.isArray(json.after) ? json.after : []).map((block) =>
      typeof block.code === "string" ? { code: block.code } : { spans: spans(block.spans) },
    ),
  };
}

function addStyle(document) {
  if (document.getElementById("gradus-quiz-style") !== null) return;
  const style = document.createElement("style");
  style.id = "gradus-quiz-style";
  style.textContent = STYLE;
  document.head.appendChild(style);
}
