/** A broker with a worker that does what it is told, for tests of what looks into it. */
import type { Broker, Claim, Move, WorkerCard } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { type LowerContext, lower } from "../../runtime/plan/plan.js";
import { toSubmission } from "../../runtime/plan/submission.js";
import { type Message, readMessage, writeMessage, writeOutcome } from "../../runtime/wire.js";

const context: LowerContext = { contract: () => undefined, encode: (args) => JSON.stringify(args), now: 0 };

export const NOW = 1_000_000;
const LEASE = 30_000;

/** The clock stands still: what is due later stays due later. */
export function stillBroker(now = NOW): Broker {
  return createMemoryBroker({ clock: { now: () => now, after: () => () => {} } });
}

export async function send(broker: Broker, run: string, tree: Tree): Promise<void> {
  const facts = { run, reply: "client", submitted: NOW - 5_000 };
  await broker.submit([toSubmission(lower(tree, [], context), facts)]);
}

export function card(id: string, parts: Partial<WorkerCard> = {}): WorkerCard {
  return { id, host: "box", pid: 7, queues: ["default"], concurrency: 4, started: NOW - 60_000, tasks: [], ...parts };
}

/** A worker that claims and moves by hand. */
export async function hire(broker: Broker, id = "w1", parts: Partial<WorkerCard> = {}) {
  const self = card(id, parts);
  await broker.extend(self, LEASE);
  const held = new Map<string, Claim>();
  const exchange = (room: number, moves: readonly Move[]) =>
    broker.exchange({ worker: id, queues: self.queues, room, lease: LEASE, moves });
  const take = (task: string): { readonly ticket: string; readonly message: Message } => {
    const found = [...held.values()].find(({ text }) => readMessage(text).header.task === task);
    if (!found) throw new Error(`${task} is not among ${[...held.values()].map(({ text }) => text).join("\n\n")}`);
    held.delete(found.ticket);
    return { ticket: found.ticket, message: readMessage(found.text) };
  };
  const settle = async (task: string, state: "SUCCESS" | "FAILURE", value: string) => {
    const { ticket, message } = take(task);
    const { run, index, edges, header } = message;
    const times = { submitted: header.submitted, started: NOW - 300, finished: NOW - 100 };
    const outcome = writeOutcome({ state, value, ...times, attempt: 0, worker: id, task });
    const lone = header.lone && { lone: { reply: "client", keep: 1000 } };
    await exchange(0, [{ kind: "settle", ticket, run, index, edges, outcome, given: value, ...lone }]);
  };
  return {
    async claim(room = 100) {
      for (const claim of (await exchange(room, [])).claims) held.set(claim.ticket, claim);
      return [...held.values()].map(({ text }) => readMessage(text).header.task);
    },
    succeed: (task: string, value: unknown = 1) => settle(task, "SUCCESS", JSON.stringify(value)),
    fail: (task: string, message: string) =>
      settle(task, "FAILURE", JSON.stringify({ kind: "failed", error: { name: "Error", message } })),
    async retry(task: string, delay: number) {
      const { ticket, message } = take(task);
      const header = { ...message.header, attempt: (message.header.attempt ?? 0) + 1 };
      await exchange(0, [{ kind: "retry", ticket, text: writeMessage({ ...message, header }), delay }]);
    },
    async postpone(task: string, delay: number, header: { readonly admitted?: true }) {
      const { ticket, message } = take(task);
      const text = writeMessage({ ...message, header: { ...message.header, ...header } });
      await exchange(0, [{ kind: "release", ticket, text, delay }]);
    },
    async setAside(task: string) {
      const { ticket, message } = take(task);
      const text = writeMessage(message);
      await exchange(0, [{ kind: "setAside", ticket, text, task, reason: "unknown-task", refusedBy: "" }]);
    },
  };
}
