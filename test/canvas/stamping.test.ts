import { chain, chord, group, type Signature, StampingVisitor } from "tqc";
import { describe, expect, test } from "vitest";
import { resolveStamps } from "../../runtime/canvas/stamping.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { treeOf } from "../../runtime/canvas/value.js";
import { add, log, mul, sum } from "./tasks.js";

/** Every call of a stamped canvas, with its stamps, in the order of the tree. */
function stamps(value: Signature): readonly (readonly [string, unknown])[] {
  return calls(resolveStamps(treeOf(value)!)).map(({ task, stampers }) => [
    task.replace("tasks.", ""),
    stampers[0] ?? {},
  ]);
}

function calls(tree: Tree): readonly Extract<Tree, { kind: "call" }>[] {
  const hung = [...tree.links, ...tree.errbacks].flatMap(calls);
  switch (tree.kind) {
    case "call":
      return [tree, ...hung];
    case "chain":
      return [...tree.steps.flatMap(calls), ...hung];
    case "group":
      return [...(tree.members as readonly Tree[]).flatMap(calls), ...hung];
    case "chord":
      return [...calls(tree.header), ...calls(tree.body), ...hung];
  }
}

/** Notes every hook with what it was shown, and stamps with the hook's name. */
class Diary extends StampingVisitor {
  readonly lines: string[] = [];
  #note(hook: string, sig: Signature) {
    this.lines.push(`${hook} ${sig.task?.replace("tasks.", "") ?? sig.kind}`);
    return { [hook]: true };
  }
  onSignature(sig: Signature) {
    this.lines.push(`signature ${sig.task?.replace("tasks.", "")}`);
  }
  override onChainStart = (sig: Signature) => this.#note("chainStart", sig);
  override onChainEnd = (sig: Signature) => void this.#note("chainEnd", sig);
  override onGroupStart = (sig: Signature) => this.#note("groupStart", sig);
  override onGroupEnd = (sig: Signature) => void this.#note("groupEnd", sig);
  override onChordHeaderStart = (sig: Signature) => this.#note("headerStart", sig);
  override onChordHeaderEnd = (sig: Signature) => void this.#note("headerEnd", sig);
  override onChordBody = (sig: Signature) => this.#note("body", sig);
  override onCallback = (sig: Signature) => this.#note("callback", sig);
  override onErrback = (sig: Signature) => this.#note("errback", sig);
}

test("stamps reach every task below, callbacks included", () => {
  const canvas = chord([add.s(1, 2).link(log.si("a"))], chain(sum.s(), mul.s(2)))
    .linkError(log.si("b"))
    .stamp({ r: 1 });
  expect(stamps(canvas)).toEqual([
    ["add", { r: 1 }],
    ["log", { r: 1 }],
    ["sum", { r: 1 }],
    ["mul", { r: 1 }],
    ["log", { r: 1 }],
  ]);
});

test("the inner wins, and on one signature the last", () => {
  const canvas = chain(add.s(1, 2).stamp({ a: "inner" }).stamp({ a: "last" }), mul.s(2)).stamp({ a: "outer", b: 1 });
  expect(stamps(canvas)).toEqual([
    ["add", { a: "last", b: 1 }],
    ["mul", { a: "outer", b: 1 }],
  ]);
});

test("the order of link and stamp does not matter", () => {
  const before = add.s(1, 2).link(log.si("a")).stamp({ r: 1 });
  const after = add.s(1, 2).stamp({ r: 1 }).link(log.si("a"));
  expect(stamps(before)).toEqual(stamps(after));
});

test("each call carries one record at most, and no composite any", () => {
  const tree = resolveStamps(
    treeOf(
      chain(add.s(1, 2), group(mul.s(2).stamp({ a: 1 })))
        .stamp(new Diary())
        .stamp({ b: 1 }),
    )!,
  );
  expect(tree.stampers).toEqual([]);
  expect(calls(tree).every(({ stampers }) => stampers.length === 1)).toBe(true);
  expect(resolveStamps(treeOf(add.s(1))!).stampers).toEqual([]);
});

describe("a visitor is asked in order", () => {
  test.each<readonly [string, Signature, readonly string[]]>([
    ["task", add.s(1, 2), ["signature add"]],
    ["chain", chain(add.s(1, 2), mul.s(2)), ["chainStart chain", "signature add", "signature mul", "chainEnd chain"]],
    ["group", group(add.s(1, 2)), ["groupStart group", "signature add", "groupEnd group"]],
    [
      "chord",
      chord([add.s(1, 2)], sum.s()),
      [
        "headerStart chord",
        "groupStart group",
        "signature add",
        "groupEnd group",
        "headerEnd chord",
        "body chord",
        "signature sum",
      ],
    ],
    [
      "callbacks",
      add.s(1, 2).link(log.si("a")).linkError(mul.si(1, 2)),
      ["callback log", "signature log", "errback mul", "signature mul", "signature add"],
    ],
  ])("%s", (_name, canvas, lines) => {
    const diary = new Diary();
    resolveStamps(treeOf(canvas.stamp(diary))!);
    expect(diary.lines).toEqual(lines);
  });
});

test("what is said of a header does not leak to the body", () => {
  expect(stamps(chord([add.s(1, 2)], sum.s()).stamp(new Diary()))).toEqual([
    ["add", { headerStart: true, groupStart: true }],
    ["sum", { body: true }],
  ]);
});

test("what is said at the end of a chain reaches its steps, where nothing else is said", () => {
  class Late extends StampingVisitor {
    onSignature(sig: Signature) {
      return sig.task === "tasks.add" ? { who: "add" } : undefined;
    }
    override onChainEnd() {
      return { who: "chain" };
    }
  }
  expect(stamps(chain(add.s(1, 2), mul.s(2)).stamp(new Late()))).toEqual([
    ["add", { who: "add" }],
    ["mul", { who: "chain" }],
  ]);
});

test("a hook that replies with no stamps is told so", () => {
  const wrong = { onSignature: () => ({ a: {} }) };
  expect(() => resolveStamps(treeOf(add.s(1).stamp(wrong as never))!)).toThrow(
    new TypeError(
      'onSignature: the stamp "a" is [object Object]; a stamp is text, a number, a boolean, or a list of them',
    ),
  );
});
