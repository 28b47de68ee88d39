/** Plans on their way in, and their ends of another's making. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Producing, ReadyNode, Submission } from "../../broker.js";
import { type Client, runScript } from "./connection.js";
import { bring, cancel, forget, type Invocation, submit, wake } from "./scripts.gen.js";
import type { Server } from "./server.js";
import { isLarge, slicesOf } from "./slicing.js";
import { growArguments, isLone, nodeArguments } from "./texts.js";

/** How many messages one command carries at most. */
const BATCH = 5000;

/** The producer's verbs. */
export function producing(server: Server): Omit<Producing, "pause"> {
  return {
    submit: (submissions) => submitAll(server, submissions),

    async cancel({ run, index, terminate }) {
      const base = server.baseOf(run);
      const given = { base, id: run, index: index ?? "", terminate: terminate ? 1 : 0 };
      const [reply, more] = await server.commands.run<["ok" | "finished", number]>(cancel(given));
      if (more > 0) await server.goOn(base);
      return reply;
    },

    forget: (run) => server.commands.run<number>(forget({ base: server.baseOf(run), id: run })),
  };
}

/** Lone runs are pushed together, per queue; a plan is one script. All of it travels in one round trip, in order. */
async function submitAll(server: Server, submissions: readonly Submission[]): Promise<Stored[]> {
  const { commands } = server;
  const results: Stored[] = submissions.map(() => "ok");
  await commands.use(async (client) => {
    const sent: Promise<unknown>[] = [];
    let pushes = new Pushes();
    for (const [at, submission] of submissions.entries()) {
      const base = server.baseOf(submission.run);
      const [first] = submission.ready;
      if (first?.delay === 0 && submission.ready.length === 1 && isLone(submission)) {
        pushes.add(base, first);
        continue;
      }
      sent.push(...pushes.send(client));
      pushes = new Pushes();
      sent.push(
        storePlan(server, client, submission).then((reply) => {
          results[at] = reply;
        }),
      );
    }
    sent.push(...pushes.send(client));
    await Promise.all(sent);
  });
  return results;
}

type Stored = "ok" | "duplicate";

async function storePlan(server: Server, client: Client, submission: Submission): Promise<Stored> {
  const base = server.baseOf(submission.run);
  const store = async (part: Submission): Promise<Stored> => {
    const [reply, more] = await runScript<[Stored, number]>(client, invocationOf(base, part));
    if (more > 0) server.goOnBehind(base);
    return reply;
  };
  if (!isLarge(submission)) return store(submission);
  const [first, middle, last] = slicesOf(submission);
  const reply = await store(first);
  if (reply !== "ok") return reply;
  await storeAll(middle, store);
  // Only what is there in whole is sealed: else the run would wait for ever for what has been lost on the way.
  await store(last);
  return reply;
}

/**
 * Stores slices, all under way at once. Between two of them the event loop has a turn, in which the one before leaves: what
 * the socket does not take at once would wait until all are written, and the workers with it.
 */
async function storeAll(slices: readonly Submission[], store: (slice: Submission) => Promise<Stored>): Promise<void> {
  const stored: Promise<Stored>[] = [];
  let failed = false;
  for (const slice of slices) {
    const storing = store(slice);
    storing.catch(() => {
      failed = true;
    });
    stored.push(storing);
    await nextTurn();
    if (failed) break;
  }
  await Promise.all(stored);
}

/** Messages on their way to the tails of queues. */
class Pushes {
  readonly #lists = new Map<string, string[]>();
  readonly #queues = new Map<string, Set<string>>();
  /** The one there is, as long as it is the only one: it can be in somebody's hands at once. */
  #only: Parameters<typeof bring>[0] | undefined;

  add(base: string, { text, queue, priority }: ReadyNode): void {
    this.#only = this.#lists.size === 0 ? { base, queue, priority, text } : undefined;
    const key = `${base}queue:${queue}:${priority}`;
    const list = this.#lists.get(key);
    if (list) {
      list.push(text);
      return;
    }
    this.#lists.set(key, [text]);
    this.#queues.set(base, (this.#queues.get(base) ?? new Set()).add(queue));
  }

  send(client: Client): Promise<unknown>[] {
    if (this.#only) return [runScript(client, bring(this.#only))];
    const pushed = [...this.#lists].flatMap(([key, texts]) =>
      Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, i) =>
        client.rpush(key, ...texts.slice(i * BATCH, (i + 1) * BATCH)),
      ),
    );
    const woken = [...this.#queues].map(([base, names]) => runScript(client, wake({ base, take: [...names] })));
    return [...pushed, ...woken];
  }
}

function invocationOf(base: string, submission: Submission): Invocation {
  const { run, chosen, part, base: from, size, result, reply, keep, callbacks = "" } = submission;
  // A delayed lone call is not a plan: it goes the way of any message that waits for a time.
  return submit({
    base,
    id: run,
    chosen: chosen ? 1 : 0,
    part: isLone(submission) ? "lone" : (part ?? ""),
    from,
    size,
    result,
    client: reply,
    keep,
    callbacks,
    take: [...growArguments(submission), ...nodeArguments(submission)],
  });
}
