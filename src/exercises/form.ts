import { Matrix } from "../engine/index.js";
import { isPromise, showValue } from "./show-value.js";

/** Elements of a list that are looked at; the checks see the rest. */
const mostItems = 1000;

/**
 * What is wrong with the form of an answer, in one sentence, when it should be made like `model`; undefined when nothing is.
 * Numbers must be numbers, lists lists, functions functions; an object needs the model's fields, a list elements like the
 * model's. Where the model says undefined or null, anything goes. Lengths are not compared.
 *
 * @example
 * import { formFault } from "gradus";
 * console.log(formFault({ w: "1" }, { w: [0, 0], b: 0 })); // field w must be a list, got "1".
 * console.log(formFault({ w: [1, 2], b: 3 }, { w: [0, 0], b: 0 })); // undefined
 */
export function formFault(answer: unknown, model: unknown, place: string = "the answer"): string | undefined {
  if (model === undefined || model === null) return undefined;
  if (isPromise(answer) && !isPromise(model))
    return `${place} is a promise, not the value itself. Write await before the call that makes it.`;
  const wanted = kindOf(model);
  if (kindOf(answer) !== wanted) return mismatch(answer, wanted, place);
  if (Array.isArray(model)) return listFault(answer as ArrayLike<unknown>, model, place);
  if (wanted !== "an object") return undefined;
  const maker: unknown = (model as object).constructor;
  if (typeof maker === "function" && maker !== Object)
    return answer instanceof maker ? undefined : mismatch(answer, `a ${maker.name}`, place);
  for (const [field, value] of Object.entries(model as object)) {
    if (!(field in (answer as object))) return `${place} lacks the field ${field}.`;
    const fault = formFault(
      (answer as Record<string, unknown>)[field],
      value,
      inside(place, `field ${field}`),
    );
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function listFault(answer: ArrayLike<unknown>, model: readonly unknown[], place: string): string | undefined {
  if (model.length === 0) return undefined;
  const alike = model.every((item) => kindOf(item) === kindOf(model[0]));
  for (let i = 0; i < Math.min(answer.length, alike ? mostItems : model.length); i++) {
    const fault = formFault(answer[i], alike ? model[0] : model[i], inside(place, `element ${i}`));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function inside(place: string, part: string): string {
  return place === "the answer" ? part : `${place}, ${part}`;
}

function mismatch(answer: unknown, wanted: string, place: string): string {
  const got = `${place} must be ${wanted}, got ${showValue(answer)}.`;
  if (
    typeof answer === "string" &&
    wanted === "a number" &&
    answer.trim() !== "" &&
    !Number.isNaN(Number(answer))
  )
    return `${got} Numbers are written without quotes.`;
  if (typeof answer === "function") return `${got} Did you forget to call it?`;
  if (wanted === "a function") return `${got} Hand over the function itself, without calling it.`;
  return got;
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (value instanceof Matrix) return "a Matrix";
  if (Array.isArray(value)) return "a list";
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return "a typed array";
  if (value instanceof Promise) return "a promise";
  const names: Readonly<Record<string, string>> = {
    number: "a number",
    string: "text",
    boolean: "true or false",
    function: "a function",
    object: "an object",
    bigint: "a bigint",
    symbol: "a symbol",
    undefined: "undefined",
  };
  return names[typeof value];
}
