/** Plans on their way in, and their ends of another's making. */
import type { Producing, Submission } from "../../broker.js";
import { isUnknownScript } from "./connection.js";
import { cancel, forget, type Invocation, submit, wake } from "./scripts.gen.js";
import type { Server } from "./server.js";
import { growArguments, isLone, nodeArguments } from "./texts.js";

/** How many messages one command carries at most. */
const BATCH = 5000;

/** The producer's verbs. */
export function producing(server: Server): Producing {
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

/** Lone runs are pushed together, per queue; a plan is one script. All of it travels in one round trip. */
async function submitAll(server: Server, submissions: readonly Submission[]): Promise<("ok" | "duplicate")[]> {
  const lists = new Map<string, string[]>();
  const queues = new Map<string, Set<string>>();
  const plans: { readonly at: number; readonly base: string; readonly invocation: Invocation }[] = [];
  for (const [at, submission] of submissions.entries()) {
    const base = server.baseOf(submission.run);
    const [first] = submission.ready;
    if (first && first.delay === 0 && submission.ready.length === 1 && isLone(submission)) {
      const key = `${base}queue:${first.queue}:${first.priority}`;
      const list = lists.get(key);
      if (list) list.push(first.text);
      else {
        lists.set(key, [first.text]);
        queues.set(base, (queues.get(base) ?? new Set()).add(first.queue));
      }
    } else plans.push({ at, base, invocation: invocationOf(base, submission) });
  }
  const wakes = [...queues].map(([base, names]) => wake({ base, take: [...names] }));
  const replies = await send(server, lists, [...plans.map(({ invocation }) => invocation), ...wakes]);
  const results: ("ok" | "duplicate")[] = submissions.map(() => "ok");
  for (const [i, { at, base }] of plans.entries()) {
    const [reply, more] = replies[i] as ["ok" | "duplicate", number];
    results[at] = reply;
    if (more > 0) server.goOnBehind(base);
  }
  return results;
}

async function send(
  server: Server,
  lists: ReadonlyMap<string, readonly string[]>,
  invocations: readonly Invocation[],
): Promise<unknown[]> {
  return server.commands.use(async (client) => {
    const pushes = [...lists].flatMap(([key, texts]) =>
      Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, i) =>
        client.rpush(key, ...texts.slice(i * BATCH, (i + 1) * BATCH)),
      ),
    );
    const scripts = invocations.map(({ script, keys, args }) =>
      client.evalsha(script.sha, keys.length, ...keys, ...args).catch((error: unknown) => {
        if (!isUnknownScript(error)) throw error;
        return client.eval(script.text, keys.length, ...keys, ...args);
      }),
    );
    const [replies] = await Promise.all([Promise.all(scripts), Promise.all(pushes)]);
    return replies;
  });
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
