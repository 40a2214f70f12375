/** Called with `new`, it gives back its argument: a class derived from it puts its private fields on that object. */
function given(array: object): object {
  return array;
}

/**
 * Where an array lies in the memory of a machine, noted on the array itself, in a private field that nobody else can see. It is found
 * twice as fast as an entry of a WeakMap; small networks ask for some dozen addresses at each step.
 */
export class ResidentAddress extends (given as unknown as new (array: object) => object) {
  readonly #owner: object;
  readonly #address: number;

  constructor(array: object, { owner, address }: { readonly owner: object; readonly address: number }) {
    super(array);
    this.#owner = owner;
    this.#address = address;
  }

  /** Undefined if the array does not lie in the owner's memory. */
  static of(array: object, owner: object): number | undefined {
    return #address in array && array.#owner === owner ? array.#address : undefined;
  }
}
