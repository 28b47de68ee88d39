/** Submissions and moves -> the arguments of scripts, in the order in which they read them. */
import type { Move, Submission } from "../../broker.js";
import { DEFAULT_KEEP } from "../../messages.js";
import { edgesOf, isJoin, lineOf, readRouting } from "../routing.js";
import type { Argument } from "./scripts.gen.js";

/** A run of one call: nothing but its message travels. */
export function isLone(submission: Submission): boolean {
  return submission.shape === undefined && !submission.chosen && !submission.part && submission.waiting.length === 0;
}

/** The nodes of a submission, as `addNodes` takes them. */
export function nodeArguments(submission: Submission): Argument[] {
  const { ready, waiting, settled, shape = "", aliases = [], stamped = [], expiring = [] } = submission;
  const joins = waiting.filter(([, text]) => isJoin(text));
  const stamps = stamped.flatMap(([stamp, indices]) => indices.map((index) => [stamp, index] as const));
  const list: Argument[] = [shape, rootsOf(submission), waiting.length];
  for (const [index, text] of waiting) list.push(index, text);
  list.push(joins.length);
  for (const [index, text] of joins) list.push(index, lineOf(text, 0).split(" ")[2] ?? "0");
  list.push(aliases.length);
  for (const [alias, index] of aliases) list.push(alias, index);
  list.push(stamps.length);
  for (const [stamp, index] of stamps) list.push(stamp, index);
  list.push(expiring.length);
  for (const [index, at] of expiring) list.push(at, index);
  list.push(settled.length, ...settled, ready.length);
  for (const { text } of ready) list.push(text);
  return list;
}

/** The edges of the calls that can start, in stretches of like edges: what revoking them follows. */
function rootsOf({ ready }: Submission): string {
  const lines: string[] = [];
  let stretch: { first: number; last: number; edges: string } | undefined;
  const close = () => {
    if (!stretch) return;
    const { first, last, edges } = stretch;
    lines.push(`${first === last ? first : `${first}-${last}`} ${edges}\n`);
  };
  for (const { text, index = readRouting(text).index, edges = edgesOf(text) } of ready) {
    if (stretch?.last === index - 1 && stretch.edges === edges) stretch.last = index;
    else {
      close();
      stretch = { first: index, last: index, edges };
    }
  }
  close();
  return lines.join("");
}

/** What makes joins grow, as `storeGrown` takes it. */
export function growArguments({ grows = [] }: Submission): Argument[] {
  return [grows.length, ...grows.flat()];
}

/** How many moves share what is said once, at most: a script unpacks them all. */
const LARGEST_GROUP = 1_000;

/** Moves that are alike, and their arguments: what they share, and then those of each. */
class Group {
  readonly moves: Move[] = [];
  readonly each: Argument[] = [];
  readonly #shared: readonly Argument[];

  constructor(shared: readonly Argument[]) {
    this.#shared = shared;
  }

  get arguments(): readonly Argument[] {
    return [...this.#shared, this.moves.length, ...this.each];
  }
}

/** Moves as the exchange takes them: an order of them, and their arguments in that order. */
export interface MoveArguments {
  readonly order: readonly Move[];
  readonly list: readonly Argument[];
}

/**
 * Most moves of an exchange are alike: ends of calls of one client, or of one run. They go first, in groups that say once
 * what they share: each argument has a frame of its own, to be written here and read there.
 */
export function moveArguments(moves: readonly Move[]): MoveArguments {
  const groups: Group[] = [];
  const open = new Map<string, Group>();
  const others: Exclude<Move, Settle>[] = [];
  const join = (key: string, shared: () => readonly Argument[]): Group => {
    const found = open.get(key);
    if (found && found.moves.length < LARGEST_GROUP) return found;
    const group = new Group(shared());
    groups.push(group);
    open.set(key, group);
    return group;
  };
  for (const move of moves) {
    if (move.kind !== "settle") {
      others.push(move);
      continue;
    }
    const { run, index, edges, outcome, lone } = move;
    const given = lone ? "" : givenOf(move);
    const group = lone
      ? join(`${lone.reply} ${lone.keep}`, () => ["lone", lone.reply, keepOf(lone.keep)])
      : join(`${run}\n${edges}\n${given}`, () => ["settle", run, edges, given]);
    group.moves.push(move);
    group.each.push(lone ? run : index, outcome);
  }
  return {
    order: [...groups.flatMap((group) => group.moves), ...others],
    list: [...groups.flatMap((group) => group.arguments), ...others.flatMap(singleArguments)],
  };
}

type Settle = Extract<Move, { kind: "settle" }>;

/** What a message says of itself may have been written by anybody. */
function keepOf(keep: number): number {
  return keep < 1 ? DEFAULT_KEEP : keep;
}

/** Edges that hand nothing on. */
const ONLY_COUNTED = /^j\d+$/;

/** What the next node is given: "=" for the value in the outcome, empty for a reference. */
function givenOf({ edges, outcome, given }: Settle): string {
  if (given === undefined || ONLY_COUNTED.test(edges)) return "";
  const value = lineOf(outcome, 1);
  return value === given || value === `!${given}` ? "=" : given;
}

function singleArguments(move: Exclude<Move, Settle>): Argument[] {
  switch (move.kind) {
    case "replace": {
      const { run, index, edges, lone, submission } = move;
      const nodes = nodeArguments(submission);
      const { base, size, keep, callbacks = "" } = submission;
      const fate = lone ? [lone.reply, lone.keep] : ["", ""];
      return ["replace", run, index, edges, ...fate, base, size, keep, callbacks, nodes.length, ...nodes];
    }
    case "retry":
    case "release":
      return [move.kind, move.text, move.delay];
    case "setAside":
      return ["setAside", move.text, move.task, move.reason, move.refusedBy];
  }
}
