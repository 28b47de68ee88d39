import { chain, createApp, group, InvalidArgumentsError, signature, UnknownTaskError } from "tqc";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { ConfigurationError } from "../../runtime/errors.js";
import { errorOf, Fixture } from "./fixture.js";

const open: Fixture[] = [];
function fixture(...given: ConstructorParameters<typeof Fixture>): Fixture {
  const made = new Fixture(...given);
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const { app } of open.splice(0)) await app.close();
});

describe("an application with its registry, and nothing else", () => {
  test("runs what it is sent", async () => {
    const { add } = fixture();
    expect(await (await add.delay(2, 3)).get()).toBe(5);
  });

  test("serves every queue", async () => {
    const { add } = fixture();
    expect(await (await add.applyAsync([2, 3], { queue: "its-own" })).get()).toBe(5);
  });

  test("runs a canvas here, on no broker at all", async () => {
    const { add } = fixture();
    expect(await chain(add.s(1, 2), add.s(3)).apply()).toBe(6);
  });
});

describe("without its registry", () => {
  test("apply says what to import", async () => {
    const { add } = fixture({}, { registered: false });
    await expect(add.apply(1, 2)).rejects.toThrow('import "./tasks.registry.gen.js" first');
  });

  test("a worker says what to import", async () => {
    const { app } = fixture({ broker: "memory://" }, { registered: false });
    await expect(app.worker().start()).rejects.toThrow("a worker needs the functions of its tasks");
  });

  test("sending says how to name a broker", async () => {
    const { add } = fixture({}, { registered: false });
    expect(await errorOf(add.delay(1, 2))).toBeInstanceOf(ConfigurationError);
  });
});

describe("nothing is sent", () => {
  test("unless all arguments of the whole canvas fit", async () => {
    const broker = createMemoryBroker();
    const submit = vi.spyOn(broker, "submit");
    const { add } = fixture({ broker });
    const error = await errorOf(chain(add.s(1, 2), add.s("3")).delay());
    expect(error).toBeInstanceOf(InvalidArgumentsError);
    expect(error.message).toBe(`tasks.add: argument 2 'y' must be number, but is "3" (string)`);
    expect(submit).not.toHaveBeenCalled();
  });

  test("that cannot travel", async () => {
    const { fail } = fixture();
    const error = await errorOf(fail.delay({ onDone: () => 1 }));
    expect(error).toBeInstanceOf(InvalidArgumentsError);
    expect(error.message).toBe(
      "tasks.fail: of its arguments, the value[0].onDone is a function; functions cannot travel",
    );
  });

  test("to a task that nobody knows", async () => {
    fixture();
    const error = await errorOf(signature("tasks.ad", [1, 2]).delay());
    expect(error).toBeInstanceOf(UnknownTaskError);
    expect(error.message).toBe("no task is named tasks.ad: did you mean tasks.add?");
  });

  test.each([
    [{ priority: 10 }, "add: applyAsync: a priority is a whole number from 0 to 9; found priority: 10"],
    [{ queue: "two words" }, "a queue's name has no white space and no control characters; found queue: 'two words'"],
    [{ countdwn: 3 }, "add: applyAsync: there is no send option named countdwn; did you mean countdown?"],
    [{ retries: 3 }, "did you mean maxRetries?"],
    [{ zzz: 3 }, "there are queue, priority, countdown, "],
    [{ maxRetries: -1 }, "a count is a whole number, 0 or more; found maxRetries: -1"],
    [{ maxRetries: "3" }, "found maxRetries: '3'"],
    [{ timeLimit: Number.POSITIVE_INFINITY }, "found timeLimit: Infinity"],
    [{ expires: "later" }, "expires is a valid Date or a duration"],
    [{ ignoreResult: 1 }, "a switch is true or false; found ignoreResult: 1"],
    [{ headers: { a: 1 } }, "headers are an object of texts; found headers: { a: 1 }"],
    [[1], 'options are an object, such as { countdown: "10s" }; found [ 1 ]'],
    [{ id: "a~1" }, "an id is 1 to 200 characters"],
    [{ countdown: "soon" }, 'a duration is a number of milliseconds, 0 or more, or text such as "250ms"'],
  ])("with %j", async (options, message) => {
    const { add } = fixture();
    await expect(add.applyAsync([1, 2], options)).rejects.toThrow(message);
  });
});

describe("an option that there is not is told where it is given", () => {
  const app = createApp();
  test.each([
    [
      () => createApp({ brokr: "memory://" } as object),
      "createApp: there is no option of an application named brokr; did you mean broker?",
    ],
    [
      () => app.configure({ tracing: true } as object),
      "app.configure: there is no option of an application named tracing; did you mean tracer?",
    ],
    [
      () => app.configure({ worker: { concurency: 4 } } as object),
      "app.configure: worker: there is no worker setting named concurency; did you mean concurrency?",
    ],
    [
      () => app.worker({ zzz: 1 } as object),
      "app.worker: there is no worker setting named zzz; there are concurrency, queues, ",
    ],
  ])("%s", (give, message) => {
    expect(give).toThrow(message);
  });
});

describe("what is sent in one tick", () => {
  test("travels together", async () => {
    const broker = createMemoryBroker();
    const submit = vi.spyOn(broker, "submit");
    const { add, app } = fixture({ broker });
    await Promise.all([add.delay(1, 2), add.delay(3, 4), app.submit([add.s(5, 6), chain(add.s(1, 1), add.s(2))])]);
    expect(submit.mock.calls.map(([batch]) => batch.length)).toEqual([4]);
  });

  test("gives handles in the order of the signatures", async () => {
    const { add, sum, app } = fixture();
    const handles = await app.submit([add.s(1, 2), sum.s([3, 4, 5])]);
    expect(await Promise.all(handles.map((handle) => handle.get()))).toEqual([3, 12]);
  });
});

test.each([
  ["eta", { eta: new Date("tomorrow") }],
  ["eta", { eta: "2030-01-01" as never }],
  ["expires", { expires: new Date("tomorrow") }],
] as const)("an %s that is no moment is refused, and nothing is sent", async (option, options) => {
  const { add, app } = fixture();
  const error = await errorOf(add.applyAsync([1, 2], { ...options, id: "when" }));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error.message).toContain(`${option} is a valid Date`);
  expect(await app.result("when").state()).toBe("PENDING");
});

describe("an id of one's own choosing", () => {
  test("is the handle's, and opens it", async () => {
    const { add, app } = fixture();
    const handle = await add.applyAsync([1, 2], { id: "order-1" });
    expect(handle.id).toBe("order-1");
    expect(await app.result("order-1").get()).toBe(3);
  });

  test("sent again gives the run that is there", async () => {
    const { add } = fixture();
    await (await add.applyAsync([1, 2], { id: "order-2" })).get();
    const again = await add.applyAsync([1, 2], { id: "order-2" });
    expect(await again.get()).toBe(3);
  });

  test("sent again for other work warns", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const { add, sum } = fixture();
    await add.applyAsync([1, 2], { id: "order-3" });
    const other = await sum.applyAsync([[9]], { id: "order-3" });
    expect(await other.get()).toBe(3);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("order-3"), { code: "TQC_DUPLICATE_ID" });
    warn.mockRestore();
  });

  test("sent again with other arguments warns", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const { add } = fixture();
    await (await add.applyAsync([1, 2], { id: "order-4" })).get();
    expect(await (await add.applyAsync([5, 5], { id: "order-4" })).get()).toBe(3);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("order-4"), { code: "TQC_DUPLICATE_ID" });
    warn.mockRestore();
  });

  test("sent again for the same work is silent, whatever the run has grown to", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const { add } = fixture();
    const stream = () => group(streamOf(add.s(1, 2), add.s(3, 4)));
    await (await stream().applyAsync([], { id: "order-5" })).get();
    expect(await (await stream().applyAsync([], { id: "order-5" })).get()).toEqual([3, 7]);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

async function* streamOf<T>(...items: T[]): AsyncGenerator<T> {
  yield* items;
}

test("the broker cannot be changed under work that was sent", async () => {
  const { add, app } = fixture();
  await add.delay(1, 2);
  expect(() => app.configure({ broker: "memory://" })).toThrow("the broker is in use already");
});

test("revokeByStamps revokes what carries all of the stamps", async () => {
  const broker = createMemoryBroker();
  const { add, app } = fixture({ broker });
  const both = await add.s(1, 2).stamp({ user: "u1", batch: 7 }).delay();
  const one = await add.s(1, 2).stamp({ user: "u1" }).delay();
  expect(await app.revokeByStamps({ user: "u1", batch: 7 })).toBe(1);
  expect([await both.state(), await one.state()]).toEqual(["REVOKED", "PENDING"]);
  await expect(app.revokeByStamps({})).rejects.toThrow("needs at least one stamp");
});

describe("work sent to memory:// where no function is registered", () => {
  test("is told of once: nobody would run it", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockReturnValue();
    onTestFinished(() => warn.mockRestore());
    const { add } = fixture({ broker: "memory://" }, { registered: false });
    await add.delay(1, 2);
    await add.delay(3, 4);
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining('import "./tasks.registry.gen.js" first'), { code: "TQC_NOBODY_RUNS" }],
    ]);
  });

  test("is nothing to tell of where the functions are here, or the broker is the caller's own", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockReturnValue();
    onTestFinished(() => warn.mockRestore());
    expect(await (await fixture({ broker: "memory://" }).add.delay(1, 2)).get()).toBe(3);
    await fixture({ broker: createMemoryBroker() }, { registered: false }).add.delay(1, 2);
    expect(warn).not.toHaveBeenCalled();
  });
});

test("a worker that runs by itself on memory:// tells what it did, while it goes on", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { add, app } = fixture({ broker: "memory://" });
  await (await add.delay(1, 2)).get();
  const broker = await app.broker();
  expect((await broker.history(0)).tasks).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_000);
  const { tasks, slots } = await broker.history(0);
  expect(tasks).toMatchObject([{ task: "tasks.add", succeeded: 1 }]);
  expect(slots.flatMap(({ ready }) => [...ready.keys()])).not.toContain("*");
  expect(await broker.recent(10)).toMatchObject([{ task: "tasks.add", state: "SUCCESS" }]);
});

describe("programs without types are told", () => {
  const untyped = (value: unknown): never => value as never;

  test.each<[string, (made: Fixture) => unknown, string]>([
    ["of arguments that are no list", ({ add }) => add.applyAsync(untyped(2)), "add: applyAsync: arguments are a list"],
    [
      "of a text as arguments",
      ({ add }) => add.s(1).applyAsync(untyped("ab")),
      "add: applyAsync: arguments are a list",
    ],
    [
      "of one signature where many are sent",
      ({ app, add }) => app.submit(untyped(add.s(1, 2))),
      "submit takes a list of signatures",
    ],
    [
      "of nothing where many are sent",
      ({ app }) => app.submit(untyped(undefined)),
      "submit takes a list of signatures",
    ],
    [
      "of an id that is missing",
      ({ app }) => app.result(untyped(undefined)),
      "result: an id is a text; found undefined",
    ],
  ])("%s", async (_, act, message) => {
    const made = fixture();
    await expect((async () => act(made))()).rejects.toThrow(message);
  });
});
