/** How a thing was made: the function that makes it, by name, and the options that it was given, defaults filled in. */
export interface Recipe {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Kept beside the things, not in them: a copy with a part exchanged, `{ ...activations.relu, forward: mine }`, has no recipe,
 * and so is never written to a file as something that it no longer is.
 */
const recipes: WeakMap<object, Recipe> = new WeakMap();

/** Notes how the thing was made, and returns it. */
export function remember<Thing extends object>(
  thing: Thing,
  name: string,
  options: Readonly<Record<string, unknown>> = {},
): Thing {
  recipes.set(thing, { name, options });
  return thing;
}

/** How the thing was made; undefined for what gradus did not make. */
export function recipeOf(thing: object): Recipe | undefined {
  return recipes.get(thing);
}
