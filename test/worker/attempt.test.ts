import { describe, expect, test } from "vitest";
import { currentTask } from "../../runtime/attempt/context.js";
import type { Signature } from "../../runtime/canvas/signature.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { signatureOf } from "../../runtime/canvas/value.js";
import { settle } from "./clock.js";
import { call, chain, chord, contract, group, Rig, told } from "./rig.js";

const add = (x: number, y: number) => x + y;

describe("an attempt that succeeds", () => {
  test("settles with the value of a function", async () => {
    const rig = new Rig();
    await rig.serve({ add });
    expect(await rig.value(call("add", [2, 3]))).toBe(5);
  });

  test("settles with the value of a promise", async () => {
    const rig = new Rig();
    await rig.serve({ later: async (x: number) => x * 2 });
    expect(await rig.value(call("later", [4]))).toBe(8);
  });

  test("hands its value to the next step, in front of what is bound", async () => {
    const rig = new Rig();
    await rig.serve({ sub: (a: number, b: number) => a - b });
    expect(await rig.value(chain(call("sub", [10, 3]), call("sub", [2])))).toBe(5);
  });

  test("hands a value of any size to the next step", async () => {
    const rig = new Rig();
    await rig.serve({ long: () => "x".repeat(10_000), length: (text: string) => text.length });
    expect(await rig.value(chain(call("long"), call("length")))).toBe(10_000);
  });

  test("gives a body the list of what its header gave", async () => {
    const rig = new Rig();
    await rig.serve({ add, sum: (list: number[]) => list.reduce((a, b) => a + b, 0) });
    const header = Array.from({ length: 100 }, (_, i) => call("add", [i, i]));
    expect(await rig.value(chord(header, call("sum")))).toBe(9900);
  });

  test("fills the position that was left open", async () => {
    const rig = new Rig();
    await rig.serve({ add, pair: (x: number, y: number) => [x, y] });
    expect(await rig.value(chain(call("add", [1, 1]), call("pair", [7, undefined], { open: [1] })))).toEqual([7, 2]);
  });

  test("ignores what it is given where it is immutable", async () => {
    const rig = new Rig();
    await rig.serve({ add });
    expect(await rig.value(chain(call("add", [1, 1]), call("add", [5, 5], { immutable: true })))).toBe(10);
  });

  test("maps over items, and over argument tuples", async () => {
    const rig = new Rig();
    await rig.serve({ add, double: async (x: number) => 2 * x });
    expect(await rig.value(call("double", [[1, 2, 3]], { mode: "map" }))).toEqual([2, 4, 6]);
    const tuples = [
      [1, 2],
      [3, 4],
    ];
    expect(await rig.value(call("add", [tuples], { mode: "starmap" }))).toEqual([3, 7]);
  });

  test("keeps nothing of an ignored result, and passes it on all the same", async () => {
    const rig = new Rig({ quiet: { ignoreResult: true } });
    await rig.serve({ quiet: () => 42, add, list: (all: unknown[]) => all.length });
    expect(await rig.value(chord([call("quiet"), call("quiet")], call("list")))).toBe(2);
    const lone = await rig.send(call("quiet"));
    expect((await lone.outcome).value).toBe("!");
    expect(await rig.value(chain(call("quiet"), call("add", [1])))).toBe(43);
  });
});

describe("an attempt that fails", () => {
  test("records the error with its name, message and fields", async () => {
    const rig = new Rig();
    class Odd extends Error {
      override name = "Odd";
      detail = { n: 1 };
    }
    await rig.serve({
      odd: () => {
        throw new Odd("no");
      },
    });
    const { run, outcome } = await rig.send(call("odd"));
    const { state, value } = await outcome;
    expect(state).toBe("FAILURE");
    expect(JSON.parse(value)).toMatchObject({
      kind: "failed",
      taskId: run,
      task: "odd",
      error: { name: "Odd", message: "no", fields: '{"detail":{"n":1}}' },
    });
  });

  test("makes an Error of whatever was thrown", async () => {
    const rig = new Rig();
    await rig.serve({ raw: () => Promise.reject("just text") });
    expect(await rig.value(call("raw"))).toBe("FAILURE failed: just text");
  });

  test("is tried again after a backoff that doubles, and then fails for good", async () => {
    const rig = new Rig({ flaky: { maxRetries: 2, retryBackoff: "1s", retryJitter: false } });
    const attempts: [number, number][] = [];
    await rig.serve({
      flaky: () => {
        attempts.push([currentTask().attempt, rig.clock.now() - 1_000_000]);
        throw new Error("again");
      },
    });
    const { outcome } = await rig.send(call("flaky"));
    await rig.clock.advance(10_000);
    expect(told(await outcome)).toBe("FAILURE failed: again");
    expect(attempts).toEqual([
      [0, 0],
      [1, 1_000],
      [2, 3_000],
    ]);
  });

  test("is not tried again where its name is not among those worth it", async () => {
    const rig = new Rig({ picky: { maxRetries: 5, retryOn: ["TimeoutError"] } });
    let calls = 0;
    await rig.serve({
      picky: () => {
        calls += 1;
        throw new TypeError("never again");
      },
    });
    expect(await rig.value(call("picky"))).toBe("FAILURE failed: never again");
    expect(calls).toBe(1);
  });

  test("is tried again when the task asks for it, at the time it asks for", async () => {
    const rig = new Rig({ polite: { maxRetries: 1 } });
    const times: number[] = [];
    await rig.serve({
      polite: () => {
        times.push(rig.clock.now() - 1_000_000);
        if (currentTask().attempt === 0) currentTask().retry({ countdown: "5s" });
        return "done";
      },
    });
    const { outcome } = await rig.send(call("polite"));
    await rig.clock.advance(5_000);
    expect(told(await outcome)).toBe("done");
    expect(times).toEqual([0, 5_000]);
  });

  test("fails with the cause it named once its retries are spent", async () => {
    const rig = new Rig();
    await rig.serve({ spent: () => currentTask().retry({ cause: new RangeError("too far") }) });
    expect(await rig.value(call("spent"))).toBe("FAILURE failed: too far");
  });

  test("fails where its result does not fit what it declares", async () => {
    const rig = new Rig();
    rig.contracts.set("lies", contract("lies", { result: { type: "number" } }));
    await rig.serve({ lies: () => "text" });
    expect(await rig.value(call("lies"))).toContain("FAILURE failed: lies: its result must be");
  });

  test("fails where its result cannot travel", async () => {
    const rig = new Rig();
    await rig.serve({ closure: () => () => 1 });
    expect(await rig.value(call("closure"))).toContain("FAILURE failed");
  });
});

describe("a time limit", () => {
  test("ends an attempt that goes on, and fires its signal", async () => {
    const rig = new Rig({ slow: { timeLimit: "2s" } });
    let signal: AbortSignal | undefined;
    await rig.serve({
      slow: () => {
        signal = currentTask().signal;
        return new Promise(() => {});
      },
    });
    const { outcome } = await rig.send(call("slow"));
    await rig.clock.advance(1_999);
    expect(signal?.aborted).toBe(false);
    await rig.clock.advance(1);
    expect(told(await outcome)).toContain("FAILURE timeLimit: slow");
    expect(signal?.aborted).toBe(true);
  });

  test("that is soft lets the task succeed", async () => {
    const rig = new Rig({ slow: { softTimeLimit: "2s" } });
    await rig.serve({
      slow: () =>
        new Promise((resolve) => currentTask().signal.addEventListener("abort", () => resolve("what there was"))),
    });
    const { outcome } = await rig.send(call("slow"));
    await rig.clock.advance(2_000);
    expect(told(await outcome)).toBe("what there was");
  });

  test("is retried as an error is", async () => {
    const rig = new Rig({ slow: { timeLimit: "2s", maxRetries: 1, retryJitter: false } });
    await rig.serve({ slow: () => (currentTask().attempt === 0 ? new Promise(() => {}) : "second") });
    const { outcome } = await rig.send(call("slow"));
    await rig.clock.advance(3_000);
    expect(told(await outcome)).toBe("second");
  });
});

describe("a call that may not run", () => {
  test("is revoked where it has expired", async () => {
    const rig = new Rig();
    const { outcome } = await rig.send(call("add", [1, 2]), { expires: "5s" });
    await rig.clock.advance(6_000);
    await rig.serve({ add });
    expect((await outcome).state).toBe("REVOKED");
  });

  test("is revoked where it expires while its arguments are read", async () => {
    const rig = new Rig();
    const { read } = rig.broker;
    rig.broker.read = async (run, nodes) => {
      rig.clock.step(rig.clock.now() + 6_000);
      return read(run, nodes);
    };
    const ran: unknown[] = [];
    await rig.serve({ add, note: (values: unknown) => ran.push(values) });
    const header = [call("add", [1, 2]), call("add", [3, 4])];
    const { outcome } = await rig.send(chord(header, call("note", [], { options: { expires: "5s" } })));
    await rig.clock.advance(0);
    expect((await outcome).state).toBe("REVOKED");
    expect(ran).toEqual([]);
  });

  test("is set aside where its task is unknown, until a worker that knows it comes", async () => {
    const rig = new Rig();
    await rig.serve({ add });
    const { run, outcome } = await rig.send(call("mul", [2, 3]));
    await settle();
    const { aside } = await rig.broker.overview();
    expect(aside).toMatchObject([{ run, task: "mul", reason: "unknown-task" }]);
    await rig.serve({ mul: (x: number, y: number) => x * y });
    expect(told(await outcome)).toBe(6);
  });

  test("runs where it was made with another contract and fits", async () => {
    const rig = new Rig();
    rig.contracts.set("add", contract("add", { fingerprint: "older" }));
    const { outcome } = await rig.send(call("add", [2, 3]));
    rig.contracts.set("add", contract("add"));
    await rig.serve({ add });
    expect(told(await outcome)).toBe(5);
  });

  test("is set aside where it was made with another contract and does not fit", async () => {
    const rig = new Rig();
    rig.contracts.set("add", contract("add", { fingerprint: "older" }));
    await rig.send(call("add", ["two"]));
    const x = { name: "x", schema: { type: "number" }, text: "x: number" };
    rig.contracts.set("add", contract("add", { parameters: [x] }));
    await rig.serve({ add });
    await settle();
    expect((await rig.broker.overview()).aside).toMatchObject([{ task: "add", reason: "incompatible" }]);
  });

  test("is refused where nobody vouches for it and it does not fit", async () => {
    const rig = new Rig();
    const { outcome } = await rig.send(call("add", ["two"]));
    const x = { name: "x", schema: { type: "number" }, text: "x: number" };
    rig.contracts.set("add", contract("add", { parameters: [x] }));
    await rig.serve({ add });
    expect(told(await outcome)).toContain("FAILURE invalid: add: argument 1 'x' must be number");
  });

  test("is not called misfit where nothing can be checked: the reason is told", async () => {
    const rig = new Rig();
    const { outcome } = await rig.send(call("add", [[2]]));
    const x = { name: "x", schema: { type: "array", items: { "no-such-keyword": 1 } }, text: "x: number[]" };
    rig.contracts.set("add", contract("add", { parameters: [x] }));
    await rig.serve({ add });
    expect(told(await outcome)).toMatch(/^FAILURE failed: add: .*'x' cannot be used: .*no-such-keyword/);
  });

  test("is set aside where its arguments cannot be read", async () => {
    const rig = new Rig();
    await rig.serve({ add });
    const text = `r1 0 default 0 0\n\n{"task":"add","submitted":1,"lone":true,"reply":"c","keep":1000}\n{broken`;
    const lone = { run: "r1", waiting: [], settled: [], base: 0, size: 1, result: 0, reply: "c", keep: 1_000 };
    await rig.broker.submit([{ ...lone, ready: [{ text, queue: "default", priority: 0, delay: 0 }] }]);
    await settle();
    expect((await rig.broker.overview()).aside).toMatchObject([{ run: "r1", reason: "undecodable" }]);
  });

  test("waits for its turn where its rate is limited, and every call gets one", async () => {
    const rig = new Rig({ rare: { rateLimit: "2/s" } });
    const times: number[] = [];
    await rig.serve({ rare: () => times.push(rig.clock.now() - 1_000_000) });
    for (let i = 0; i < 6; i += 1) await rig.send(call("rare"));
    await rig.clock.advance(5_000);
    expect(times).toEqual([0, 0, 500, 1_000, 1_500, 2_000]);
  });
});

describe("a revoked task", () => {
  test("that runs has its signal fired, and whatever it does is no outcome", async () => {
    const rig = new Rig({ long: { maxRetries: 3 } });
    let reason: unknown;
    await rig.serve({
      long: () => {
        const { signal } = currentTask();
        return new Promise((_, reject) =>
          signal.addEventListener("abort", () => {
            reason = signal.reason;
            reject(signal.reason);
          }),
        );
      },
    });
    const { run, outcome } = await rig.send(call("long"));
    await settle();
    await rig.broker.cancel({ run, terminate: true });
    expect((await outcome).state).toBe("REVOKED");
    await settle();
    expect(reason).toMatchObject({ name: "TaskRevokedError" });
  });
});

describe("an error callback", () => {
  test("is given the failure and what else had failed", async () => {
    const rig = new Rig();
    const failures: unknown[] = [];
    const boom = (label: string) => {
      throw new Error(label);
    };
    await rig.serve({ boom, tell: (failure: unknown) => failures.push(failure), list: (all: unknown[]) => all });
    const tree = chord([call("boom", ["one"]), call("boom", ["two"])], call("list"));
    const { outcome } = await rig.send({ ...tree, errbacks: [call("tell")] });
    await outcome;
    await settle();
    expect(failures).toMatchObject([
      { task: "boom", error: { name: "Error", message: "one" }, others: [{ error: { message: "two" } }] },
    ]);
  });
});

describe("a task", () => {
  test("sees itself through currentTask", async () => {
    const rig = new Rig();
    const me = () => {
      const { id, name, runId, attempt, queue, priority, stamps, headers, parentId } = currentTask();
      return { id, name, runId, attempt, queue, priority, stamps, headers, parentId: parentId ?? null };
    };
    await rig.serve({ me });
    const { run, outcome } = await rig.send(call("me"), { headers: { who: "test" }, priority: 3 });
    expect(JSON.parse((await outcome).value)).toEqual({
      id: run,
      name: "me",
      runId: run,
      attempt: 0,
      queue: "default",
      priority: 3,
      stamps: {},
      headers: { who: "test" },
      parentId: null,
    });
  });

  test("has no current task outside of one", () => {
    expect(() => currentTask()).toThrow("currentTask() was called outside a task");
  });

  test("tells how far it has come", async () => {
    const rig = new Rig();
    await rig.serve({
      work: () => {
        currentTask().progress(1, 2);
        return "ok";
      },
    });
    const heard: string[] = [];
    const { run, outcome } = await rig.send(group(call("work")));
    const stop = await rig.broker.follow({ run }, (event) => {
      if (event.kind === "progress") heard.push(event.text);
    });
    await outcome;
    await stop();
    expect(heard).toEqual(['{"done":1,"total":2}']);
  });
});

describe("a replacement", () => {
  const signature = (tree: Tree) => signatureOf<Signature<[], unknown, unknown>>(tree, undefined);
  const add = (x: number, y: number) => x + y;
  const swap = (tree: Tree) => () => currentTask().replace(signature(tree));

  test("takes the place of a lone task", async () => {
    const rig = new Rig();
    await rig.serve({ add, swap: swap(chain(call("add", [1, 2]), call("add", [10]))) });
    expect(await rig.value(call("swap"))).toBe(13);
  });

  test("takes a step's place: what follows is given its value", async () => {
    const rig = new Rig();
    await rig.serve({ add, swap: swap(call("add", [1, 2])) });
    expect(await rig.value(chain(call("swap"), call("add", [100])))).toBe(103);
  });

  test("that is a group nests where the task stood", async () => {
    const rig = new Rig();
    const list = (all: unknown) => all;
    await rig.serve({ add, list, swap: swap(group(call("add", [1, 2]), call("add", [3, 4]))) });
    expect(await rig.value(chord([call("add", [0, 0]), call("swap")], call("list")))).toEqual([0, [3, 7]]);
  });

  test("inherits the stamps, and its own win", async () => {
    const rig = new Rig();
    const inner = call("stamps", [], { stampers: [{ who: "inner" }] });
    await rig.serve({ stamps: () => currentTask().stamps, swap: swap(inner) });
    const { outcome } = await rig.send(call("swap", [], { stampers: [{ who: "outer", trace: 7 }] }));
    const [, node] = (await outcome).value.split("&");
    expect(node ?? (await outcome).value).toBe('{"who":"inner","trace":7}');
  });

  test("that does not fit is a failure of the task", async () => {
    const rig = new Rig();
    rig.contracts.set("none", contract("none", { parameters: [] }));
    await rig.serve({ none: () => 1, swap: swap(call("none", [1])) });
    expect(await rig.value(call("swap"))).toContain("FAILURE failed: none: takes no arguments, but is given 1");
  });
});
