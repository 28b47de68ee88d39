/** Manifests that nobody of ours has written: the older one that a contract is compared with may come from anywhere. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { changesFrom } from "../../compiler/old-manifest.js";
import { UsageError } from "../../compiler/usage-error.js";
import type { Manifest } from "../../runtime/manifest.js";

const real = JSON.parse(readFileSync("test/cases/project/src/tasks.manifest.json", "utf8")) as Manifest;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tqc-manifest-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Compares with a text; what it was told, where it was refused. */
function compare(text: string): UsageError | undefined {
  writeFileSync(join(folder, "old.json"), text);
  try {
    changesFrom("old.json", real, { path: join(folder, "now.json"), cwd: folder });
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

/** Every place in a value, as the keys that lead there. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => places(each, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

test("the manifest itself is no change", () => expect(compare(JSON.stringify(real))).toBeUndefined());

test("one with anything anywhere is compared, or refused in words", () => {
  const small = { ...real, tasks: Object.fromEntries(Object.entries(real.tasks).slice(0, 6)) };
  fc.assert(
    fc.property(fc.constantFrom(...places(small)), fc.jsonValue(), (path, value) => {
      compare(JSON.stringify(replaced(small, path, value)));
    }),
    { numRuns: 200 },
  );
});

test("one of any shape is refused, and says where it is from", () => {
  for (const text of ["", "[]", "null", `{"version":1,"tasks":null}`, `{"version":1,"tasks":{"a":null}}`]) {
    expect(String(compare(text))).toContain("old.json");
  }
});

test("nesting without end harms nobody", () => {
  const deep = `${'{"items":'.repeat(20_000)}true${"}".repeat(20_000)}`;
  const parameters = `[{"name":"x","schema":${deep},"text":"x"}]`;
  compare(`{"version":1,"tasks":{"tasks.math.add":{"name":"tasks.math.add","parameters":${parameters},"options":{}}}}`);
});

test("no prototype is changed by one", () => {
  compare(
    `{"version":1,"__proto__":{"polluted":1},"tasks":{"__proto__":{"polluted":1,"name":"__proto__","options":{}}}}`,
  );
  expect({}).not.toHaveProperty("polluted");
});
