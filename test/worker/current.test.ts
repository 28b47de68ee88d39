import { describe, expect, test } from "vitest";
import { type CurrentTask, currentTask } from "../../runtime/attempt/context.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { createLogger, type LogFields } from "../../runtime/logger.js";
import { settle } from "./clock.js";
import { call, chain, chord, Rig } from "./rig.js";

/** What a task that is part of `tree` saw of itself: one view per call. */
async function seen(see: (task: CurrentTask) => unknown, tree: Tree, rig = new Rig()) {
  const views: unknown[] = [];
  const look = () => void views.push(see(currentTask()));
  await rig.serve({ look, other: () => 1 });
  const { run, outcome } = await rig.send(tree);
  await outcome;
  return { run, views, rig };
}

describe("currentTask() says", () => {
  test("its id and that of its canvas: one for both where it is the whole canvas, or its result", async () => {
    const see = ({ id, runId }: CurrentTask) => [id, runId];
    const lone = await seen(see, call("look"));
    expect(lone.views).toEqual([[lone.run, lone.run]]);
    const steps = await seen(see, chain(call("look"), call("look", [], { immutable: true })));
    expect(steps.views).toEqual([
      [`${steps.run}~0`, steps.run],
      [steps.run, steps.run],
    ]);
  });

  test("an id that was chosen for it", async () => {
    const tree = chain(call("look", [], { options: { id: "mine" } }), call("other"));
    expect((await seen(({ id }) => id, tree)).views).toEqual(["mine"]);
  });

  test("its name: the task's own, also where it was sent by an older one", async () => {
    const rig = new Rig({ look: { aliases: ["glance"] } });
    expect((await seen(({ name }) => name, call("glance"), rig)).views).toEqual(["look"]);
  });

  test("its parent: whose end started it, and nobody for what the canvas begins with", async () => {
    const see = ({ parentId }: CurrentTask) => parentId;
    const step = call("look", [], { immutable: true });
    const steps = await seen(see, chain(step, step, step));
    expect(steps.views).toEqual([undefined, `${steps.run}~0`, `${steps.run}~1`]);
    const body = await seen(see, chord([call("other"), call("other")], call("look")));
    expect(body.views).toEqual([`${body.run}~2`]);
    const linked = await seen(see, { ...call("look"), links: [call("other")] });
    expect(linked.views).toEqual([undefined]);
  });

  test("the parent of a callback: what it hangs on", async () => {
    const rig = new Rig();
    const { run, views } = await seen(({ parentId }) => parentId, { ...call("other"), links: [call("look")] }, rig);
    await rig.clock.advance(1);
    expect(views).toEqual([`${run}~0`]);
  });

  test("its attempt: failed ones before it", async () => {
    const rig = new Rig({ look: { maxRetries: 2, retryJitter: false } });
    const attempts: number[] = [];
    const look = () => {
      const { attempt, retry } = currentTask();
      attempts.push(attempt);
      if (attempt < 2) retry({ countdown: "1s" });
    };
    await rig.serve({ look });
    const { outcome } = await rig.send(call("look"));
    await rig.clock.advance(5_000);
    await outcome;
    expect(attempts).toEqual([0, 1, 2]);
  });

  test("its queue and priority, the sender's over the task's", async () => {
    const see = ({ queue, priority }: CurrentTask) => [queue, priority];
    const rig = new Rig({ look: { priority: 3 } });
    const other = call("look", [], { immutable: true, options: { priority: 8 } });
    expect((await seen(see, chain(call("look"), other), rig)).views).toEqual([
      ["default", 3],
      ["default", 8],
    ]);
  });

  test("its stamps and headers; none is an empty record", async () => {
    const see = ({ stamps, headers }: CurrentTask) => [stamps, headers];
    expect((await seen(see, call("look"))).views).toEqual([[{}, {}]]);
    const tree = call("look", [], { stampers: [{ tenant: "a" }], options: { headers: { "x-id": "7" } } });
    expect((await seen(see, tree)).views).toEqual([[{ tenant: "a" }, { "x-id": "7" }]]);
  });

  test("a signal, one and the same for the attempt, which has not fired", async () => {
    const see = (task: CurrentTask) =>
      new Set([task.signal, currentTask().signal]).size === 1 && task.signal.aborted === false;
    expect((await seen(see, call("look"))).views).toEqual([true]);
  });

  test("where to log: each line says whose it is", async () => {
    const lines: LogFields[] = [];
    const logger = createLogger((_, fields, message) => lines.push({ ...fields, message }));
    const rig = new Rig();
    await rig.serve({ look: () => currentTask().log.info({ rows: 3 }, "read") }, { logger });
    const { run, outcome } = await rig.send(call("look"));
    await outcome;
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: "read",
        rows: 3,
        task: "look",
        id: run,
        runId: run,
        attempt: 0,
        queue: "default",
      }),
    );
  });

  test("its methods, which work off the object too", async () => {
    const rig = new Rig();
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    await rig.serve({
      look: async () => {
        const { progress } = currentTask();
        progress(2, 4);
        await ended;
      },
    });
    const { run, outcome } = await rig.send(call("look"));
    await settle();
    expect((await rig.broker.inspect(run))?.progress.get(0)).toBe('{"done":2,"total":4}');
    end();
    expect((await outcome).state).toBe("SUCCESS");
  });
});
