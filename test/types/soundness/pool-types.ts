/** A few types, each known three times: as text, as a check of a value, and by what it takes. */

export type Type =
  | { readonly kind: "number" | "string" | "boolean" | "Date" | "undefined" | "unknown" }
  | { readonly kind: "list"; readonly of: Type }
  | { readonly kind: "tuple"; readonly of: readonly Type[] }
  | { readonly kind: "union"; readonly of: readonly Type[] };

/** A random choice: the same seed, the same choices. */
export interface Dice {
  /** A whole number below `end`. */
  below(end: number): number;
  one<T>(list: readonly T[]): T;
  chance(part: number): boolean;
}

export function dice(seed: number): Dice {
  let state = seed;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return { below, one: (list) => list[below(list.length)]!, chance: (part) => next() < part };
}

export const number: Type = { kind: "number" };
export const string: Type = { kind: "string" };
export const boolean: Type = { kind: "boolean" };
export const date: Type = { kind: "Date" };
export const nothing: Type = { kind: "undefined" };
export const unknown: Type = { kind: "unknown" };
export const listOf = (of: Type): Type => ({ kind: "list", of });
export const tupleOf = (...of: readonly Type[]): Type => ({ kind: "tuple", of });
export const either = (...of: readonly Type[]): Type => ({ kind: "union", of });

/** The type as TypeScript writes it. */
export function textOf(type: Type): string {
  switch (type.kind) {
    case "list":
      return type.of.kind === "union" ? `(${textOf(type.of)})[]` : `${textOf(type.of)}[]`;
    case "tuple":
      return `[${type.of.map(textOf).join(", ")}]`;
    case "union":
      return type.of.map(textOf).join(" | ");
    case "number":
    case "string":
    case "boolean":
    case "Date":
    case "undefined":
    case "unknown":
      return type.kind;
  }
}

/** Whether a value is of the type. */
export function holds(type: Type, value: unknown): boolean {
  switch (type.kind) {
    case "list":
      return Array.isArray(value) && value.every((one) => holds(type.of, one));
    case "tuple":
      return Array.isArray(value) && value.length === type.of.length && type.of.every((of, i) => holds(of, value[i]));
    case "union":
      return type.of.some((of) => holds(of, value));
    case "Date":
      return value instanceof Date;
    case "unknown":
      return true;
    case "number":
    case "string":
    case "boolean":
    case "undefined":
      return typeof value === type.kind;
  }
}

/** Whether whatever is `from` is `to`. */
export function fits(from: Type, to: Type): boolean {
  if (to.kind === "unknown") return true;
  if (from.kind === "union") return from.of.every((one) => fits(one, to));
  if (to.kind === "union") return to.of.some((one) => fits(from, one));
  if (to.kind === "list") {
    return from.kind === "list"
      ? fits(from.of, to.of)
      : from.kind === "tuple" && from.of.every((one) => fits(one, to.of));
  }
  if (to.kind === "tuple") {
    return from.kind === "tuple" && from.of.length === to.of.length && from.of.every((one, i) => fits(one, to.of[i]!));
  }
  return from.kind === to.kind;
}

/** A value of the type, as JavaScript writes it. */
export function literalOf(type: Type, random: Dice): string {
  switch (type.kind) {
    case "number":
      return random.one(["0", "1", "-2.5", "40"]);
    case "string":
      return random.one(['""', '"a"', '"length"']);
    case "boolean":
      return random.one(["true", "false"]);
    case "Date":
      return "new Date(0)";
    case "undefined":
      return "undefined";
    case "unknown":
      return random.one(["null", "3", '"b"', "[1]"]);
    case "list":
      return `[${Array.from({ length: random.below(3) }, () => literalOf(type.of, random)).join(", ")}]`;
    case "tuple":
      return `[${type.of.map((of) => literalOf(of, random)).join(", ")}]`;
    case "union":
      return literalOf(random.one(type.of), random);
  }
}

/** A value of the type. */
export function sampleOf(type: Type, random: Dice): unknown {
  return new Function(`return ${literalOf(type, random)}`)();
}
