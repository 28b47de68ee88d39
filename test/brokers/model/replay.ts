/** A trace, taken from its beginning on some broker, and what was seen on the way: the same on every broker. */
import type { RunRecord } from "../../../runtime/broker.js";
import { readRouting } from "../../../runtime/brokers/routing.js";
import { brief } from "../texts.js";
import { type Canvas, RUN } from "./canvases.js";
import { begin, type Game } from "./game.js";
import { type Board, take } from "./play.js";
import type { Step } from "./steps.js";

/** A board on which a whole trace is played. */
export interface Table extends Board {
  now(): Promise<number>;
  /** Messages in all queues. */
  queued(): Promise<readonly string[]>;
}

/** What every step was answered, and how things stood at the end. */
export async function replay(table: Table, canvas: Canvas, steps: readonly Step[]): Promise<unknown[]> {
  const { game, whole } = begin(canvas, await table.now());
  const seen: unknown[] = [await table.broker.submit([whole])];
  let current = game;
  for (const step of steps) {
    if ("index" in step && "worker" in step && step.kind !== "claim" && !holds(current, step))
      return [...seen, "cannot go on"];
    const turn = await take(table, current, step);
    current = turn.game;
    seen.push([turn.replies, turn.claims.map(({ text, ahead = [] }) => [text, ...ahead].map(timeless))]);
  }
  const record = await table.broker.inspect(RUN);
  return [...seen, (await table.queued()).map(timeless).sort(), record && facts(record, canvas)];
}

/** Where the broker has not handed out what it was to hand out, the trace ends. */
function holds({ workers }: Game, { worker, index }: { readonly worker: string; readonly index?: number }): boolean {
  return workers.some(({ name, held }) => name === worker && index !== undefined && held.has(index));
}

/** The moment at which a call expires differs from one play to the next. */
function timeless(text: string): string {
  return text.replace(/"expires":\d+/, `"expires":0`);
}

function facts({ open, result, outcomes, leased, delayed, aside }: RunRecord, { failsTogether }: Canvas): unknown {
  const told = (outcome: string) => (failsTogether ? brief(outcome)?.replace(/&\d+/, "& any") : brief(outcome));
  return {
    open,
    result,
    ended: sorted(outcomes, told),
    leased: sorted(leased, ({ worker, attempt }) => [worker, attempt]),
    delayed: sorted(delayed, ({ attempt }) => attempt),
    aside: sorted(aside, ({ reason, deliveries, text }) => [reason, deliveries, readRouting(text).index]),
  };
}

function sorted<Value>(nodes: ReadonlyMap<number, Value>, told: (value: Value) => unknown): unknown[] {
  return [...nodes].sort(([a], [b]) => a - b).map(([index, value]) => [index, told(value)]);
}
