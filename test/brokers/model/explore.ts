/** Every state that a canvas can come to, each once, and every step between them. */
import { createHash } from "node:crypto";
import { readRouting } from "../../../runtime/brokers/routing.js";
import { settle, settleRow } from "../texts.js";
import type { Canvas } from "./canvases.js";
import { stepsFrom } from "./game.js";
import { isOver, wrongAbout, wrongAtEnd, wrongIn } from "./invariants.js";
import { boardOver, copyOf, next, type State, start } from "./state.js";
import { type Step, written } from "./steps.js";
import { swapsOf, viewOf } from "./view.js";

/** What was found. States are numbered in the order they were come to; the first is 0. */
export interface Explored {
  readonly states: number;
  readonly transitions: number;
  /** For how many a state stands at most: members that are alike may have each other's place. */
  readonly standsFor: number;
  /** The states in which everything is over. */
  readonly ends: readonly number[];
  /** A shortest way, as this search went, to a state. */
  trace(state: number): Step[];
  /** States from which nothing leads on in the order of the search: the ways to them cover every state. */
  readonly leaves: readonly number[];
}

interface Frame {
  readonly id: number;
  readonly state: State;
  readonly steps: Step[];
}

export async function explore(canvas: Canvas): Promise<Explored> {
  const search = new Search();
  const first = await start(canvas);
  const stack: Frame[] = [await search.enter(first, undefined)];
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const step = frame.steps.pop();
    if (!step) {
      stack.pop();
      continue;
    }
    const found = await search.follow(frame, step);
    if (found) stack.push(found);
  }
  return { ...search.finish(), standsFor: swapsOf(first.game.alike).length };
}

class Search {
  readonly #ids = new Map<string, number>();
  /** By state: the one it was first come to from, and by which step. */
  readonly #parents: (readonly [from: number, step: Step] | undefined)[] = [];
  readonly #inward: number[][] = [];
  readonly #ends: number[] = [];
  #transitions = 0;

  /** A state that nobody has seen, with all that may follow. */
  async enter(state: State, from: readonly [number, Step] | undefined): Promise<Frame> {
    const id = this.#parents.push(from) - 1;
    const view = viewOf(state);
    this.#ids.set(digest(view), id);
    this.#inward.push([]);
    this.#demand(id, wrongIn(state));
    this.#demand(id, await wrongWhenLate(state, view));
    if (isOver(state)) {
      this.#ends.push(id);
      this.#demand(id, wrongAtEnd(state));
    }
    const queued = [...state.store.queues.entries()].map(({ text }) => readRouting(text).index);
    return { id, state, steps: stepsFrom(state.game, queued) };
  }

  /** Takes a step; the state it leads to, if nobody has seen it. */
  async follow({ id, state }: Frame, step: Step): Promise<Frame | undefined> {
    const after = await next(state, step);
    const known = this.#ids.get(digest(viewOf(after)));
    if (known === id) return undefined;
    this.#transitions += 1;
    this.#demand(id, wrongAbout(state, step, after), step);
    if (known === undefined) {
      const frame = await this.enter(after, [id, step]);
      this.#inward[frame.id]?.push(id);
      return frame;
    }
    this.#inward[known]?.push(id);
    return undefined;
  }

  /** From every state an end can be reached. */
  finish(): Omit<Explored, "standsFor"> {
    const ending = new Set(this.#ends);
    const open = [...ending];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      for (const before of this.#inward[state] ?? []) {
        if (ending.has(before)) continue;
        ending.add(before);
        open.push(before);
      }
    }
    const stuck = this.#parents.findIndex((_, id) => !ending.has(id));
    if (stuck >= 0) this.#demand(stuck, ["it can never end"]);
    const parents = new Set(this.#parents.map((from) => from?.[0]));
    return {
      states: this.#parents.length,
      transitions: this.#transitions,
      ends: this.#ends,
      trace: (state) => this.#trace(state),
      leaves: this.#parents.flatMap((_, id) => (parents.has(id) ? [] : [id])),
    };
  }

  #trace(state: number): Step[] {
    const steps: Step[] = [];
    for (let from = this.#parents[state]; from; from = this.#parents[from[0]]) steps.push(from[1]);
    return steps.reverse();
  }

  #demand(state: number, wrong: readonly string[], step?: Step): void {
    if (wrong.length === 0) return;
    const steps = [...this.#trace(state), ...(step ? [step] : [])].map(written);
    throw new Error(`${wrong.join("\n")}\nafter: ${steps.join(", ")}`);
  }
}

function digest(view: string): string {
  return createHash("sha1").update(view).digest("base64");
}

/** Whoever comes with a claim he has given up, or that was taken from him, is told so, and nothing changes. */
async function wrongWhenLate(state: State, view: string): Promise<string[]> {
  const { game } = state;
  const store = copyOf(state.store);
  const { broker } = boardOver(store);
  const wrong: string[] = [];
  for (const { worker, claim } of game.spent) {
    const { ticket, text } = claim;
    const moves = [
      settle(claim),
      settleRow(claim),
      settle(claim, { state: "FAILURE" }),
      { kind: "retry", ticket, text, delay: 0 } as const,
      { kind: "release", ticket, text, delay: 0 } as const,
    ];
    const { replies } = await broker.exchange({ worker, queues: [], room: 0, lease: 1e12, moves });
    if (replies.some((reply) => reply !== "lost")) wrong.push(`${worker} settled ${text.split("\n")[0]} twice`);
  }
  await broker.close();
  if (viewOf({ ...state, store }) !== view) wrong.push("what came late has changed something");
  return wrong;
}
