import { describe, expect, test } from "vitest";
import { compareManifests } from "../../compiler/compat.js";
import { catalogue, either, manifest, nil, task, text, tree } from "./catalogue.js";

describe.each(Object.entries(catalogue))("%s", (_where, kinds) => {
  test.each(kinds)("$name", ({ old, now, want }) => {
    const changes = compareManifests(manifest(...old), manifest(...now));
    expect(changes.map(({ severity, kind }) => `${severity} ${kind}`)).toEqual(want);
  });
});

test("at least sixty kinds are told apart", () => {
  expect(Object.values(catalogue).flat().length).toBeGreaterThanOrEqual(60);
});

test("the place inside is named", () => {
  const [change] = compareManifests(manifest(tree(text)), manifest(tree(either(nil, text))));
  expect(change?.message).toBe("it may return what it did not: result.leaf may be null, and was string");
});

test("the old queue must still be served", () => {
  const [change] = compareManifests(manifest(task({ options: { queue: "io" } })), manifest(task()));
  expect(change?.help).toContain("queue 'io'");
});

test("a name that was an alias is judged by who takes it now", () => {
  const old = task({ name: "plus", options: { aliases: ["add"] } });
  const now = [task({ name: "plus" }), task({ parameters: [] })];
  expect(compareManifests(manifest(old), manifest(...now))).toMatchObject([
    { task: "add", kind: "parameter-removed" },
    { task: "add", kind: "parameter-removed" },
    { task: "add", kind: "task-added" },
  ]);
});

test("each change says why, for both orders of a rollout", () => {
  const [change] = compareManifests(manifest(task()), manifest(task(), task({ name: "mul" })));
  expect(change).toMatchObject({
    rollout: { workersFirst: "safe", producersFirst: "waits" },
    why: expect.stringContaining("set it aside"),
  });
});
