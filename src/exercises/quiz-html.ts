import { escapeHtml } from "../display/index.js";
import type { QuizJson } from "./quiz.js";
import { blocksHtml, spansHtml } from "./rich-text.js";

/**
 * A quiz for viewers without our extension. A small script makes the radio buttons, the button and the live region; what
 * it must not show too early lies in attributes. Where the script does not run, or where a cleaner has removed it,
 * the questions can be read and the answers unfolded.
 */
export function quizHtml(json: QuizJson): string {
  const { kind, id, questions, after } = json;
  const data = { kind, id, after: blocksHtml(after) };
  return (
    `<form class="gradus-quiz" ${attributes(data)} style="max-width: 48em; line-height: 1.5">` +
    questions.map((question, i) => questionHtml(question, i, kind)).join("") +
    `<details><summary>Show the answer</summary>${answersHtml(json)}</details></form>` +
    `<script>(${script})()</script>`
  );
}

function questionHtml(
  { text, options }: QuizJson["questions"][number],
  i: number,
  kind: QuizJson["kind"],
): string {
  const number = kind === "quiz" ? `${i + 1}. ` : "";
  const lines = options.map((option, k) => {
    const data = { letter: letter(k), right: String(option.right), why: spansHtml(option.why) };
    return `<div><label ${attributes(data)} style="display: block; padding: 4px 0">${letter(k)}) ${spansHtml(option.text)}</label></div>`;
  });
  return `<fieldset style="border: 1px solid #808080; border-radius: 4px; padding: 4px 14px 6px; margin: 8px 0"><legend style="font-weight: 600; padding: 0 4px">${number}${spansHtml(text)}</legend>${lines.join("")}</fieldset>`;
}

function attributes(data: Readonly<Record<string, string>>): string {
  return Object.entries(data)
    .map(([name, value]) => `data-${name}="${escapeHtml(value)}"`)
    .join(" ");
}

function answersHtml({ kind, questions, after }: QuizJson): string {
  const lines = questions.map(({ options }, i) => {
    const right = options.flatMap((option, k) =>
      option.right
        ? [
            `${letter(k)}) ${spansHtml(option.text)}${option.why.length > 0 ? `. ${spansHtml(option.why)}` : ""}`,
          ]
        : [],
    );
    return `<p>${kind === "quiz" ? `${i + 1}. ` : ""}${right.join(" or ")}</p>`;
  });
  return lines.join("") + blocksHtml(after);
}

function letter(index: number): string {
  return String.fromCharCode(97 + index);
}

// Runs in the page; in old syntax, because exported pages are opened anywhere. It finds its forms by itself: where
// a viewer inserts the script again, document.currentScript is not reliable.
const script = `function () {
  var make = function (tag, attributes, parent) {
    var node = document.createElement(tag);
    for (var name in attributes) node.setAttribute(name, attributes[name]);
    if (parent) parent.appendChild(node);
    return node;
  };
  var list = function (nodes) { return Array.prototype.slice.call(nodes); };
  list(document.querySelectorAll("form.gradus-quiz:not([data-live])")).forEach(function (form) {
    form.setAttribute("data-live", "");
    var id = form.getAttribute("data-id"), isQuiz = form.getAttribute("data-kind") === "quiz";
    var groups = list(form.querySelectorAll("fieldset")).map(function (group, i) {
      return list(group.querySelectorAll("label")).map(function (label) {
        var row = { right: label.getAttribute("data-right") === "true", letter: label.getAttribute("data-letter") };
        row.input = make("input", { type: "radio", name: "q" + i, value: row.letter, style: "margin: 0 8px 0 2px" });
        label.insertBefore(row.input, label.firstChild);
        label.appendChild(document.createTextNode(" "));
        row.mark = make("strong", {}, label);
        row.why = make("div", { style: "padding: 0 0 4px 24px" }, label.parentNode);
        row.why.innerHTML = label.getAttribute("data-why");
        return row;
      });
    });
    var details = form.querySelector("details");
    var line = make("p", {});
    var button = make("button", { type: "submit" }, line);
    button.textContent = isQuiz ? "Check my answers" : "This is my prediction";
    form.insertBefore(line, details);
    var status = make("div", { role: "status", tabindex: "-1" });
    form.replaceChild(status, details);
    var clear = function () {
      groups.forEach(function (rows) {
        rows.forEach(function (row) { row.mark.textContent = ""; row.why.hidden = true; });
      });
      status.textContent = "";
    };
    clear();
    form.addEventListener("change", clear);
    form.addEventListener("keydown", function (event) {
      var isShortcut = event.ctrlKey || event.altKey || event.metaKey;
      if (!isShortcut && event.key !== "Tab" && event.key !== "Escape") event.stopPropagation();
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      clear();
      var chosen = groups.map(function (rows) { return rows.filter(function (row) { return row.input.checked; })[0]; });
      var open = chosen.indexOf(undefined);
      if (open >= 0) {
        status.textContent = isQuiz ? "Question " + (open + 1) + " has no answer yet." : "Choose one first.";
        groups[open][0].input.focus();
        return;
      }
      chosen.forEach(function (row, i) {
        var isJudged = isQuiz || groups[i].some(function (other) { return other.right; });
        if (isJudged) row.mark.textContent = row.right ? "\\u2713 right" : "\\u2717 not right";
        row.why.hidden = row.why.textContent === "";
      });
      var right = chosen.filter(function (row) { return row.right; }).length;
      var again = right < chosen.length ? " Change an answer and check again." : "";
      status.textContent = isQuiz ? right + " of " + chosen.length + " right." + again : "You said " + chosen[0].letter + ".";
      var letters = chosen.map(function (row) { return '"' + row.letter + '"'; });
      var keep = make("div", {}, status);
      keep.textContent = "To keep it in your progress, run: ";
      make("code", {}, keep).textContent =
        isQuiz ? 'quiz("' + id + '", [' + letters.join(", ") + "])" : 'predict("' + id + '", ' + letters[0] + ")";
      if (isQuiz) return;
      groups[0].forEach(function (row) {
        row.input.disabled = !row.input.checked;
        if (row.right) row.mark.textContent = "\\u2713 right";
      });
      line.hidden = true;
      make("div", {}, form).innerHTML = form.getAttribute("data-after");
      status.focus();
    });
  });
}`;
