import { chain, chord, group, type Signature } from "tqc";
import { describe, expect, test } from "vitest";
import { treeOf } from "../../runtime/canvas/value.js";
import { CodecError } from "../../runtime/errors.js";
import { add, app, log, maybeSignature, mul, signature, sum, upper } from "./tasks.js";
import { line, show } from "./world.js";

describe("every method gives a new signature", () => {
  test.each([
    ["set", (s: Signature) => s.set({ queue: "low" })],
    ["clone", (s: Signature) => s.clone()],
    ["freeze", (s: Signature) => s.freeze("mine")],
    ["link", (s: Signature) => s.link(log.si("a"))],
    ["linkError", (s: Signature) => s.linkError(log.si("a"))],
    ["stamp", (s: Signature) => s.stamp({ a: 1 })],
  ] as const)("%s leaves the original as it was", (_name, change) => {
    const original = add.s(1, 2);
    const before = structuredClone(treeOf(original));
    expect(change(original)).not.toBe(original);
    expect(treeOf(original)).toEqual(before);
  });
});

test("options are merged, the last wins, and headers are merged by key", () => {
  const tree = treeOf(
    add
      .s(1)
      .set({ queue: "a", priority: 1, headers: { a: "1", b: "1" } })
      .set({ queue: "b", headers: { b: "2" } }),
  );
  expect(tree?.options).toEqual({ queue: "b", priority: 1, headers: { a: "1", b: "2" } });
});

test("freeze fixes the id, and draws one where none is told", () => {
  expect(add.s(1).freeze("mine").id).toBe("mine");
  expect(add.s(1).freeze().id).toMatch(/^\w{6,}$/);
  expect(add.s(1).id).toBeUndefined();
});

test("a clone shares no argument", () => {
  const args = { list: [1, 2] };
  const original = sum.s(args);
  const copy = treeOf(original.clone());
  args.list.push(3);
  expect(copy).toMatchObject({ args: [{ list: [1, 2] }] });
});

test("linking the same signature twice links it once, also where it was made twice", () => {
  const callback = log.si("a");
  expect(treeOf(add.s(1, 2).link(callback).link(callback).link(log.si("a")).link(log.si("b")))?.links).toHaveLength(2);
  expect(treeOf(add.s(1, 2).linkError(callback).linkError(callback))?.errbacks).toHaveLength(1);
});

test("a signature sends its tree with what it is given, and options for this once", async () => {
  app.sent.length = 0;
  const partial = add.s(3);
  await partial.delay(2);
  await partial.applyAsync([2], { countdown: "10s" });
  await add.delay(2, 3);
  await add.applyAsync([2, 3], { queue: "low" });
  expect(app.sent.map(({ tree, given }) => [line(tree), given, tree.options])).toEqual([
    ["add(3)", [2], {}],
    ["add(3)", [2], { countdown: "10s" }],
    ["add()", [2, 3], {}],
    ["add()", [2, 3], { queue: "low" }],
  ]);
  expect(treeOf(partial)?.options).toEqual({});
});

test("apply runs it here", async () => {
  app.applied.length = 0;
  await add.s(3).apply(2);
  await add.apply(2, 3);
  expect(app.applied.map(({ tree, given }) => [line(tree), given])).toEqual([
    ["add(3)", [2]],
    ["add()", [2, 3]],
  ]);
});

test("by name", () => {
  expect(show(signature("tasks.add", [3]))).toBe("add(3)");
  expect(show(signature("tasks.add", [2, 3], { immutable: true }))).toBe("add!(2, 3)");
  expect(treeOf(signature("tasks.add", [3], { queue: "low", immutable: false }))?.options).toEqual({ queue: "low" });
  expect(show(signature("elsewhere", [1], { immutable: true }))).toBe("elsewhere!(1)");
});

describe("to JSON and back", () => {
  const moment = new Date("2030-01-01T00:00:00.000Z");
  test.each<readonly [string, Signature]>([
    ["a call", add.s(1, 2)],
    ["an immutable call", add.si(1, 2)],
    ["arguments that plain JSON lacks", sum.s([new Date(0), 3n, new Map([["a", undefined]]), Number.NaN, -0])],
    ["open by name", add.partial({ x: 1 })],
    ["a mapping call", upper.map(["a"])],
    ["options", add.s(1).set({ eta: moment, expires: moment, countdown: "10s", headers: { a: "b" }, id: "mine" })],
    ["expires as a length", add.s(1).set({ expires: "1h" })],
    [
      "links, error callbacks and stamps",
      add
        .s(1, 2)
        .link(log.si("a"))
        .linkError(log.si("b"))
        .stamp({ a: ["x", 1] }),
    ],
    ["a chain", chain(add.s(1, 2), mul.s(3))],
    ["a group", group(add.s(1, 2), group())],
    ["a chord", chord([add.s(1, 2)], sum.s(), { onError: "cancel" })],
  ])("%s loses nothing, and the second trip gives the same bytes", (_name, original) => {
    const text = JSON.stringify(original);
    const back = maybeSignature(JSON.parse(text));
    expect(treeOf(back)).toEqual(treeOf(original));
    expect(JSON.stringify(back)).toBe(text);
  });

  test("a visitor is asked when the JSON is written", () => {
    const stamped = chain(add.s(1, 2), mul.s(3)).stamp({ onSignature: (sig: Signature) => ({ task: sig.task ?? "" }) });
    expect(JSON.parse(JSON.stringify(stamped))).toMatchObject({
      canvas: { steps: [{ stamps: [{ task: "tasks.add" }] }, { stamps: [{ task: "tasks.mul" }] }] },
    });
  });

  test("anything else is given back unchanged", () => {
    const kept = add.s(1);
    expect(maybeSignature(kept)).toBe(kept);
    for (const value of [3, "a", null, undefined, { tqc: 2 }, []]) expect(maybeSignature(value)).toBe(value);
  });

  test("what comes later cannot be written", () => {
    async function* later() {
      yield add.s(1, 2);
    }
    expect(() => JSON.stringify(group(later()))).toThrow("cannot be written as JSON");
  });
});

describe("what is set is checked where it is set", () => {
  const wrong = (options: object): never => options as never;

  test.each([
    [
      "set",
      () => add.s(1).set(wrong({ priorty: 1 })),
      "add: set: there is no send option named priorty; did you mean priority?",
    ],
    [
      "set on a canvas",
      () => group(add.s(1, 2)).set(wrong({ priority: 11 })),
      "group of add: set: a priority is a whole number from 0 to 9; found priority: 11",
    ],
    [
      "signature",
      () => signature("tasks.add", [1, 2], wrong({ queu: "a" })),
      "tasks.add: signature: there is no send option named queu; did you mean queue?",
    ],
    ["freeze", () => add.s(1).freeze("two words"), "an id is 1 to 200 characters"],
    [
      "chord",
      () => chord([add.s(1, 2)], sum.s(), wrong({ onEror: "settle" })),
      "chord: its one option is onError, but there is onEror",
    ],
    [
      "maybeSignature",
      () => maybeSignature({ tqc: 1, canvas: { kind: "call", task: "a", args: "[]", options: { retries: 1 } } }),
      "the canvas of kind call: there is no send option named retries; did you mean maxRetries?",
    ],
  ])("by %s", (_, act, message) => expect(act).toThrow(message));

  test("an option that is undefined is none", () => {
    expect(() => add.s(1).set(wrong({ countdown: undefined, queue: "low" }))).not.toThrow();
  });
});

describe("maybeSignature tells what is no canvas of ours", () => {
  test.each([
    [{ kind: "fan" }, "this is no canvas: its kind is 'fan', and there are call, chain, group, chord"],
    [{ kind: 7 }, "its kind is 7"],
    [{ kind: "chain", steps: [{ kind: "toString" }] }, "its kind is 'toString'"],
    [{ kind: "chain", steps: [null] }, "its kind is undefined"],
    [{ kind: "group" }, "this is no canvas: a group has no members"],
  ])("%j", (canvas, message) => {
    const read = () => maybeSignature({ tqc: 1, canvas });
    expect(read).toThrow(CodecError);
    expect(read).toThrow(message);
  });
});
