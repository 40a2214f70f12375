import { activations } from "../activations.js";
import { initializers } from "../initializers.js";
import type { Optimizer } from "../optimizer.js";
import { recipeOf, type Recipe } from "../recipe.js";
import { makers, resolvers, type Family, type Field } from "./makers.js";

/** How a thing stands in a file: its name alone if it takes no options, else both. */
export type Description =
  string | { readonly name: string; readonly options: Readonly<Record<string, unknown>> };

/** Receives a sentence for each thing that cannot be written to a file. */
export type Complain = (sentence: string) => void;

/** The tables whose entries are made once and carry no recipe. */
const tables: Partial<Record<Family, Readonly<Record<string, object>>>> = {
  activation: activations,
  initializer: initializers,
};

/** What makes the same thing again. Complains, naming `place`, of a function or an object that gradus did not make. */
export function describe(
  family: Family,
  thing: unknown,
  { place, complain }: { readonly place: string; readonly complain: Complain },
): Description {
  const live = typeof thing === "string" ? resolvers[family]?.(thing as never) : thing;
  const recipe = findRecipe(family, live);
  if (recipe === undefined) {
    complain(`${place} is ${article(family)} ${family} of your own`);
    return "";
  }
  const options = describeOptions(recipe, { fields: makers[family][recipe.name].fields, place, complain });
  // The rate may have been changed since, by hand or by reduceLROnPlateau.
  if (family === "optimizer" && typeof options["learningRate"] === "number")
    options["learningRate"] = (live as Optimizer).learningRate;
  return Object.keys(options).length === 0 ? recipe.name : { name: recipe.name, options };
}

/** The options of a recipe as JSON values; those that are undefined are left out. */
export function describeOptions(
  { options }: Recipe,
  {
    fields,
    place,
    complain,
  }: {
    readonly fields: Readonly<Record<string, Field>>;
    readonly place: string;
    readonly complain: Complain;
  },
): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    const field = fields[name];
    if (value === undefined) continue;
    if (field === "rate" && typeof value === "function") {
      written[name] = describe("schedule", value, { place: `${place}, ${name}`, complain });
    } else if (isFamily(field))
      written[name] = describe(field, value, { place: `${place}, ${name}`, complain });
    else written[name] = value;
  }
  return written;
}

export function isFamily(field: Field): field is Family {
  return Object.hasOwn(makers, field);
}

function findRecipe(family: Family, thing: unknown): Recipe | undefined {
  if ((typeof thing !== "object" && typeof thing !== "function") || thing === null) return undefined;
  const recipe = recipeOf(thing);
  if (recipe !== undefined) return Object.hasOwn(makers[family], recipe.name) ? recipe : undefined;
  const entry = Object.entries(tables[family] ?? {}).find(([, one]) => one === thing);
  return entry && { name: entry[0], options: {} };
}

function article(family: Family): string {
  return /^[aeiou]/.test(family) ? "an" : "a";
}
