import { createApp, createTask } from "tqc";
import { describe, expect, test } from "vitest";
import type { Broker, Submission } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import type { CallTree } from "../../runtime/canvas/tree.js";
import { encode } from "../../runtime/codec/codec.js";
import type { TaskContract } from "../../runtime/manifest.js";
import { lower } from "../../runtime/plan/plan.js";
import { toSubmission } from "../../runtime/plan/submission.js";
import { VirtualClock } from "../../runtime/virtual-clock.js";
import { contract, number, parameter } from "./contracts.js";
import type { Loose } from "./fixture.js";

const parameters = [parameter("x: number", number), parameter("y: number", number)];

/** An application, and what it has sent. */
function watched(task: TaskContract) {
  const clock = new VirtualClock(1_000_000);
  const memory = createMemoryBroker({ clock });
  const sent: Submission[] = [];
  const broker: Broker = {
    ...memory,
    submit(submissions) {
      sent.push(...submissions);
      return memory.submit(submissions);
    },
  };
  const app = createApp({ broker, clock });
  return { app, clock, sent, builder: createTask<Loose>(app, task) };
}

/** What the long way makes of the same call. */
function planned(task: TaskContract, args: readonly unknown[], { run, reply }: Submission, now: number): Submission {
  const tree: CallTree = {
    kind: "call",
    task: task.name,
    mode: "call",
    args: [],
    immutable: false,
    options: {},
    links: [],
    errbacks: [],
    stampers: [],
  };
  const plan = lower(tree, args, { contract: () => task, encode, now });
  return toSubmission(plan, { run, reply, submitted: now });
}

describe("a plain call is sent as the plan of one call would be, to the byte", () => {
  test.each<[string, TaskContract["options"]]>([
    ["no options", {}],
    ["a queue and a priority", { queue: "io", priority: 7 }],
    ["a time to keep its result", { resultExpires: "5m" }],
    ["retries and limits, which are the worker's", { maxRetries: 3, timeLimit: "1s", rateLimit: "5/s" }],
    ["an alias", { aliases: ["tasks.plus"] }],
  ])("%s", async (_, options) => {
    const task = contract("tasks.add", parameters, { options });
    const { clock, sent, builder } = watched(task);
    await builder.delay(2, Number.NaN);
    await builder.s(3).delay(2);
    const expected = [
      [2, Number.NaN],
      [2, 3],
    ].map((args, i) => planned(task, args, sent[i]!, clock.now()));
    expect(sent).toEqual(expected);
  });

  test("by an alias too: its own name is what travels", async () => {
    const task = contract("tasks.add", parameters, { options: { aliases: ["tasks.plus"] } });
    const { app, clock, sent } = watched(task);
    const tree = { task: "tasks.plus", kind: "call", mode: "call", args: [], immutable: false } as const;
    await app.submit({ ...tree, options: {}, links: [], errbacks: [], stampers: [] }, [2, 3]);
    expect(sent).toEqual([planned(task, [2, 3], sent[0]!, clock.now())]);
  });
});

describe("many signatures at once", () => {
  test("come back as handles in their order, whichever way they go", async () => {
    const { app, sent, builder } = watched(contract("tasks.add", parameters));
    const handles = await app.submit([
      builder.s(1, 2).set({ id: "first" }),
      builder.s(1, 2),
      builder.s(1, 2).set({ id: "third" }),
    ] as never);
    const ids = (handles as { id: string }[]).map(({ id }) => id);
    expect(ids).toEqual(["first", sent[1]?.run, "third"]);
  });

  test("are refused with the reason where one does not fit", async () => {
    const { app, builder } = watched(contract("tasks.add", parameters));
    await expect(app.submit([builder.s(1, 2), builder.s(1, "2")] as never)).rejects.toThrow("argument 2 'y'");
  });
});

test("a task declared anew is sent under its new contract", async () => {
  const { app, sent, builder } = watched(contract("tasks.add", parameters));
  await builder.delay(1, 2);
  app.declare(contract("tasks.add", parameters, { fingerprint: "newer", options: { queue: "other" } }));
  await builder.delay(1, 2);
  expect(sent.map(({ ready }) => ready[0]?.queue)).toEqual(["default", "other"]);
  expect(sent[1]?.ready[0]?.text).toContain('"fingerprint":"newer"');
});
