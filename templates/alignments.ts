/** The ways in which bound arguments can end a call, told as overloads: which of them holds depends on their types alone. */
import type { Parameter } from "../runtime/manifest.js";
import { meet, membersOf, type Structures } from "./overlap.js";

/** A parameter, and its type as text; for a rest parameter, that of one argument. */
export interface Typed {
  readonly parameter: Parameter;
  /** Its place among the task's parameters. */
  readonly position: number;
  readonly type: string;
  /** Whether the contract says that it is an object or a list, whatever its name. */
  readonly structure: boolean;
}

/** One overload: the parameters that are bound, and the lists of parameters that may then be left. */
export interface Overload {
  readonly bound: readonly Slot[];
  readonly left: readonly (readonly Typed[])[];
}

/** A bound parameter under the names of all it may be. */
export interface Slot {
  readonly name: string;
  readonly positions: readonly number[];
  readonly type: string;
  readonly rest: boolean;
}

// Beyond these an editor's list of overloads helps nobody.
const MOST_OPTIONAL = 5;
const MOST_OVERLOADS = 24;

/** One way to end a call: what the bound arguments are then, and what is left in front of them. */
interface Alignment {
  readonly ends: readonly Typed[];
  readonly left: readonly Typed[];
}

/** Every overload of a task's `s`, the first that fits being the exact one; undefined where there would be too many. */
export function overloadsOf(parameters: readonly Typed[]): Overload[] | undefined {
  const optional = parameters.filter(({ parameter }) => parameter.optional);
  const rest = parameters.find(({ parameter }) => parameter.rest);
  if (optional.length > MOST_OPTIONAL || (rest && optional.length > 0)) return undefined;
  if (rest && parameters.length > MOST_OPTIONAL) return undefined;
  const known = new Set(parameters.flatMap(({ type, structure }) => (structure ? [type] : [])));
  const overloads = rest ? together(restAlignments(parameters), known) : byLength(parameters, known);
  return overloads.length > MOST_OVERLOADS ? undefined : overloads;
}

/** All of one length before all that are shorter; nothing bound leaves everything open. */
function byLength(parameters: readonly Typed[], known: Structures): Overload[] {
  const lengths = Array.from({ length: parameters.length }, (_, i) => parameters.length - i);
  return [
    ...lengths.flatMap((length) => together(alignmentsOf(parameters, length), known)),
    { bound: [], left: [parameters] },
  ];
}

/** A call may stop anywhere behind its required parameters; what is bound are its last `length`. */
function alignmentsOf(parameters: readonly Typed[], length: number): Alignment[] {
  const required = parameters.filter(({ parameter }) => !parameter.optional).length;
  const whole = parameters.map(given);
  return Array.from({ length: parameters.length + 1 }, (_, end) => end)
    .filter((end) => end >= required && end >= length)
    .map((end) => ({ ends: whole.slice(end - length, end), left: whole.slice(0, end - length) }));
}

/** What is bound begins at one of the parameters before the rest, or consists of the rest alone. */
function restAlignments(parameters: readonly Typed[]): Alignment[] {
  return parameters.map(({ parameter }, start) => ({
    ends: parameters.slice(start),
    left: parameter.rest ? parameters : parameters.slice(0, start),
  }));
}

/** A parameter whose argument is there, if only as `undefined`. */
function given({ parameter: { optional, ...parameter }, type, ...rest }: Typed): Typed {
  return { ...rest, parameter, type: optional ? [...new Set([...membersOf(type), "undefined"])].join(" | ") : type };
}

/**
 * Arguments that suit several alignments leave any of their fronts open. The overloads for more alignments come first, so
 * that the first that fits stands for exactly those that fit; one that takes no more than an earlier one is left out.
 */
function together(alignments: readonly Alignment[], known: Structures): Overload[] {
  const seen = new Set<string>();
  return subsets(alignments).flatMap((some) => {
    const bound = shared(some, known);
    if (bound === undefined) return [];
    const key = bound.map(({ type, rest }) => `${rest ? "..." : ""}${type}`).join(", ");
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ bound, left: some.map(({ left }) => left) }];
  });
}

/** Every choice of at least one, larger choices first. */
function subsets<T>(all: readonly T[]): T[][] {
  const chosen: T[][] = [[]];
  for (const one of all) chosen.push(...chosen.map((some) => [...some, one]));
  return chosen.filter((some) => some.length > 0).sort((a, b) => b.length - a.length);
}

/** What arguments must be to suit all of these alignments; undefined where none can. */
function shared(alignments: readonly Alignment[], known: Structures): Slot[] | undefined {
  const longest = Math.max(...alignments.map(({ ends }) => ends.length));
  const slots = Array.from({ length: longest }, (_, i) =>
    slotOf(
      alignments.map(({ ends }) => ends[i] ?? ends.at(-1)!),
      known,
    ),
  );
  return slots.every(({ type }) => type !== "never") ? slots : undefined;
}

function slotOf(parameters: readonly Typed[], known: Structures): Slot {
  const names = new Set(parameters.map(({ parameter }) => parameter.name));
  const positions = [...new Set(parameters.map(({ position }) => position))];
  const type = parameters.map((one) => one.type).reduce((a, b) => meet(a, b, known));
  return { name: [...names].join("_or_"), positions, type, rest: parameters.every(({ parameter }) => parameter.rest) };
}
