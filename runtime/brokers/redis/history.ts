/** What workers tell of their work, on its way in as a script's arguments, and on its way out. */
import { type EndedCall, HISTORY_SLOT, type History, type TaskCounts, type WorkReport } from "../../broker.js";
import type { Argument } from "./scripts.gen.js";
import type { Server } from "./server.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ENDINGS = ["succeeded", "failed", "retried"] as const satisfies readonly (keyof TaskCounts)[];

/** The queues whose length a script looks at. */
export function queueArguments(queues: readonly string[]): Argument[] {
  return [queues.length, ...queues];
}

/** A report as the scripts read it. It is told to the first partition only, so that it counts once. */
export function workArguments(partition: number, report?: WorkReport): Argument[] {
  if (partition > 0 || !report) return [0, 0];
  const counts = [...report.counts].flatMap(([task, each]) => ENDINGS.flatMap((ending) => countOf(task, each, ending)));
  const ended = report.ended.flatMap((call) => [call.finished, writeEnded(call)]);
  return [counts.length / 2, ...counts, ended.length / 2, ...ended];
}

function countOf(task: string, counts: TaskCounts, ending: keyof TaskCounts): Argument[] {
  return counts[ending] === 0 ? [] : [`${ending} ${task}`, counts[ending]];
}

function writeEnded({ id, run, index, task, state, submitted, finished }: EndedCall): string {
  return `${state} ${run} ${index} ${id} ${submitted} ${finished} ${task}`;
}

function readEnded(text: string): EndedCall {
  const [state, run = "", index, id = "", submitted, finished, task = ""] = text.split(" ");
  return {
    id,
    run,
    index: Number(index),
    task,
    state: state as EndedCall["state"],
    submitted: Number(submitted),
    finished: Number(finished),
  };
}

/** The calls that ended last. */
export async function recent(server: Server, limit: number): Promise<EndedCall[]> {
  const [base = ""] = server.bases;
  const texts = await server.commands.look((client) => client.zrange(`${base}recent`, "0", `${limit - 1}`, "REV"));
  return texts.map(readEnded);
}

/** The hours since a moment, of every partition. */
export async function history(server: Server, since: number): Promise<History> {
  const now = Date.now();
  const first = Math.floor(Math.max(since, now - DAY) / HOUR);
  const hours = Array.from({ length: Math.max(0, Math.floor(now / HOUR) - first + 1) }, (_, i) => first + i);
  const pages = await server.everywhere((base) =>
    server.commands.look((client) => Promise.all(hours.map((hour) => client.hgetall(`${base}history:${hour}`)))),
  );
  const parts = hours.map((hour, i) =>
    readHour(
      hour * HOUR,
      pages.map((page) => page[i] ?? {}),
    ),
  );
  return {
    slots: parts.flatMap(({ slots }) => slots).filter(({ at }) => at + HISTORY_SLOT > since),
    tasks: parts.flatMap(({ tasks }) => tasks),
  };
}

type Counting = { -readonly [ending in keyof TaskCounts]: number };
type Slot = Counting & { readonly at: number; readonly ready: Map<string, number> };
type Task = Counting & { readonly at: number; readonly task: string };

/** Fields are `slot ending`, `slot ready queue` and `ending task`: see the table of keys in docs/architecture.md. */
function readHour(at: number, hashes: readonly Readonly<Record<string, string>>[]): { slots: Slot[]; tasks: Task[] } {
  const slots = new Map<number, Slot>();
  const tasks = new Map<string, Task>();
  for (const [field, text] of hashes.flatMap((hash) => Object.entries(hash))) {
    const [first = "", second = "", queue = ""] = field.split(" ");
    const value = Number(text);
    if (!/^\d+$/.test(first)) {
      const task = tasks.get(second) ?? { at, task: second, succeeded: 0, failed: 0, retried: 0 };
      tasks.set(second, task);
      task[first as keyof TaskCounts] += value;
      continue;
    }
    const place = Number(first);
    const slot = slots.get(place) ?? {
      at: at + place * HISTORY_SLOT,
      succeeded: 0,
      failed: 0,
      retried: 0,
      ready: new Map(),
    };
    slots.set(place, slot);
    if (second === "ready") slot.ready.set(queue, (slot.ready.get(queue) ?? 0) + value);
    else slot[second as keyof TaskCounts] += value;
  }
  return { slots: [...slots.values()].sort((a, b) => a.at - b.at), tasks: [...tasks.values()] };
}
