import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caret, Editor, type Place } from "./editor.js";

const MINUTES = 180_000;
const imports = `import { add, chain, fmt, group, log, pow, upper } from "../wished/tasks.gen.js";\n`;
const POW = "Raises a number to a power, 2 by default.";
let editor: Editor;
beforeAll(() => {
  editor = new Editor();
});
afterAll(() => editor.close());

/** Opens a text with a caret, and asks there. */
function at<Body>(command: string, marked: string, more: object = {}): Promise<Body> {
  const { text, place } = caret(imports + marked);
  editor.open(text);
  return editor.ask<Body>(command, { ...place, ...more });
}

interface Diagnostic {
  readonly start: Place;
  readonly end: Place;
  readonly text: string;
}

test("an unsaved mistake is underlined on the very argument", { timeout: MINUTES }, async () => {
  editor.open(`${imports}export const c = chain(add.s(2, 3), upper.s(), upper.s());\n`);
  const told = await editor.ask<Diagnostic[]>("semanticDiagnosticsSync");
  expect(told.map(({ start, end }) => [start, end])).toEqual([
    [
      { line: 2, offset: 37 },
      { line: 2, offset: 46 },
    ],
  ]);
  expect(told[0]?.text).toContain("upper takes (text: string), but add returns number");
});

interface Help {
  readonly items: readonly {
    readonly parameters: readonly { readonly displayParts: readonly { readonly text: string }[] }[];
    readonly documentation: readonly { readonly text: string }[];
  }[];
}

describe("inside a call, the editor shows the parameters by name, and the function's documentation", () => {
  test.each([
    ["add.s(|)", ["x: number, y: number", "y: number", ""], "Adds two numbers."],
    ["add.si(|)", ["x: number, y: number"], "Adds two numbers."],
    ["add.delay(|)", ["x: number, y: number"], "Adds two numbers."],
    ["pow.s(|)", ["base: number, exp: number | undefined", "base_or_exp: number", "exp: number | undefined", ""], POW],
    ["pow.si(|)", ["base: number, exp?: number | undefined"], POW],
    [
      "fmt.delay(|)",
      ["n: number, digits?: number | undefined, locale?: string | undefined"],
      "Writes a number for people.",
    ],
  ])("%s", { timeout: MINUTES }, async (marked, parameters, documentation) => {
    const { items } = await at<Help>("signatureHelp", marked);
    const shown = items.map((item) =>
      item.parameters.map(({ displayParts }) => displayParts.map(({ text }) => text).join("")).join(", "),
    );
    expect(shown).toEqual(parameters);
    expect(items.map((item) => item.documentation.map(({ text }) => text).join(""))).toContain(documentation);
  });
});

test("after a builder's dot, its calls are offered", { timeout: MINUTES }, async () => {
  const { entries } = await at<{ entries: { name: string }[] }>("completionInfo", "add.|");
  expect(entries.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "apply",
      "applyAsync",
      "chunks",
      "delay",
      "map",
      "partial",
      "s",
      "si",
      "starmap",
      "taskName",
    ]),
  );
});

test("the names of parameters are offered where they are bound by name", { timeout: MINUTES }, async () => {
  const { entries } = await at<{ entries: { name: string }[] }>("completionInfo", "add.partial({ | })");
  expect(entries.map(({ name }) => name)).toEqual(expect.arrayContaining(["x", "y"]));
});

describe("a canvas is readable under the pointer", () => {
  test.each([
    ["export const |c = chain(add.s(3), fmt.s());", "const c: Signature<[x: number], string, Through<add$, fmt$>>"],
    ["export const |c = chain(add.s(2, 3), fmt.s());", "const c: Signature<[], string, fmt$>"],
    [
      "export const |c = group(upper.s(), upper.s());",
      "const c: GroupSignature<[text: string], [string, string], GroupOf<[upper$, upper$]>>",
    ],
    [
      "export const |c = group(add.s(2), upper.s());",
      `const c: GroupSignature<["group of add, upper takes (x: number) & (text: string), which nothing is\u200B"], [number, string], GroupOf<[add$, upper$]>>`,
    ],
    ["export const |c = group([1].map((n) => add.s(n, n)));", "const c: GroupSignature<[], number[], GroupOf<add$[]>>"],
    ["export const |c = add.s(3);", "const c: Signature<[x: number], number, add$>"],
  ])("%s", { timeout: MINUTES }, async (marked, shown) => {
    expect((await at<{ displayString: string }>("quickinfo", marked)).displayString).toBe(shown);
  });

  test("a builder's call shows the documentation", { timeout: MINUTES }, async () => {
    const { documentation } = await at<{ documentation: string }>("quickinfo", "add.|s(2, 3);");
    expect(documentation).toBe("Adds two numbers.");
  });
});
