/** Moves -> the arguments of the exchange, in the order in which it reads them. */
import type { Move } from "../../broker.js";
import { DEFAULT_KEEP } from "../../messages.js";
import { lineOf } from "../routing.js";
import type { Argument } from "./scripts.gen.js";
import { siblingsIn } from "./siblings.js";
import { nodeArguments } from "./texts.js";

type Settle = Extract<Move, { kind: "settle" }>;

/** Moves as the exchange takes them: an order of them, and their tickets and arguments in that order. */
export interface MoveArguments {
  readonly order: readonly Move[];
  readonly tickets: string;
  readonly list: readonly Argument[];
}

/**
 * Most moves of an exchange are alike: ends of calls of one client, or of one run. They go first, in groups that say once
 * what they share: each argument has a frame of its own, to be written here and read there.
 */
export function moveArguments(moves: readonly Move[]): MoveArguments {
  const others: Move[] = [];
  const groups = new Groups();
  for (const move of moves) {
    if (move.kind === "settle" && !move.ahead) groups.add(move);
    else others.push(move);
  }
  const [only] = groups.all;
  if (only && groups.all.length === 1 && others.length === 0) {
    return { order: moves, tickets: ticketLines(moves), list: argumentsOf(only) };
  }
  const order = [...groups.all.flatMap((group) => group.moves), ...others];
  const list = [...groups.all.flatMap(argumentsOf), ...others.flatMap(singleArguments)];
  return { order, tickets: ticketLines(order), list };
}

/** Tickets of one turn begin alike: a line says how, and then how each goes on. */
function ticketLines(moves: readonly Move[]): string {
  let lines = "";
  let beginning: string | undefined;
  for (const { ticket } of moves) {
    if (beginning === undefined || !ticket.startsWith(beginning)) {
      if (beginning !== undefined) lines += "\n";
      beginning = ticket.slice(0, ticket.lastIndexOf("-") + 1);
      lines += beginning;
    }
    lines += ` ${ticket.slice(beginning.length)}`;
  }
  return lines;
}

/** How many moves share what is said once, at most: a script unpacks them all. */
const LARGEST_GROUP = 1_000;

/** Moves that are alike: as the first of them, with what it gives on; of an ignored end, with what its siblings begin with. */
interface Group {
  readonly first: Settle;
  readonly given: string;
  readonly moves: Settle[];
}

/** Neighbours are mostly alike, and found so without a key to look them up by. */
class Groups {
  readonly all: Group[] = [];
  /** By what they share. */
  readonly #open = new Map<string, Group>();
  #latest: Group | undefined;

  add(move: Settle): void {
    const given = move.lone ? siblingsIn(move) : givenOf(move);
    if (!this.#latest || this.#latest.moves.length === LARGEST_GROUP || !isLike(this.#latest, move, given)) {
      this.#latest = this.#find(move, given);
    }
    this.#latest.moves.push(move);
  }

  #find(move: Settle, given: string): Group {
    const { run, edges, lone } = move;
    const key = lone ? `${lone.reply} ${lone.keep} ${given}` : `${run}\n${edges}\n${given}`;
    const found = this.#open.get(key);
    if (found && found.moves.length < LARGEST_GROUP) return found;
    const group = { first: move, given, moves: [] };
    this.all.push(group);
    this.#open.set(key, group);
    return group;
  }
}

function isLike({ first, given }: Group, move: Settle, itsGiven: string): boolean {
  const { lone } = move;
  if (given !== itsGiven) return false;
  if (lone) return first.lone?.reply === lone.reply && first.lone.keep === lone.keep;
  return !first.lone && first.run === move.run && first.edges === move.edges;
}

/** Stands between texts that travel as one: JSON holds no control character, nor does an id. */
const SEPARATOR = "\x1e";

function argumentsOf({ first, given, moves }: Group): Argument[] {
  const { run, edges, lone } = first;
  if (!lone) {
    const list: Argument[] = ["settle", run, edges, given, moves.length];
    for (const move of moves) list.push(move.index, move.outcome);
    return list;
  }
  const ends: string[] = [];
  // A task may have been registered under any name; that of one must not harm the others.
  for (const move of moves) ends.push(move.run, move.outcome.replaceAll(SEPARATOR, " "));
  const kind = given === "" || moves.length === 1 ? "lone" : "ignored";
  return [kind, lone.reply, keepOf(lone.keep), moves.length, ends.join(SEPARATOR)];
}

/** Ends of calls that follow one another: what leads from one to the next, and what it gives, goes without saying. */
function rowArguments({ ahead = [], ...first }: Settle): Argument[] {
  const row = [first, ...ahead];
  const { edges, outcome, given } = ahead.at(-1) ?? first;
  const list: Argument[] = ["row", first.run, edges, givenOf({ edges, outcome, given }), row.length];
  for (const end of row) list.push(end.index, end.outcome);
  return list;
}

/** What a message says of itself may have been written by anybody. */
function keepOf(keep: number): number {
  return keep < 1 ? DEFAULT_KEEP : keep;
}

/** Edges that hand nothing on. */
const ONLY_COUNTED = /^j\d+$/;

/** What the next node is given: "=" for the value in the outcome, empty for a reference. */
function givenOf({
  edges,
  outcome,
  given,
}: Pick<Settle, "edges" | "outcome"> & { given?: string | undefined }): string {
  if (given === undefined || ONLY_COUNTED.test(edges)) return "";
  const value = lineOf(outcome, 1);
  return value === given || value === `!${given}` ? "=" : given;
}

function singleArguments(move: Move): Argument[] {
  switch (move.kind) {
    case "settle":
      return rowArguments(move);
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
