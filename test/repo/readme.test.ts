import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

test("the README shows a finished program first, its error as a picture, the two commands, and then why", () => {
  const places = {
    program: readme.indexOf("```ts run\n"),
    output: readme.indexOf("```text\n"),
    picture: readme.indexOf("](docs/images/error.svg)"),
    demo: readme.indexOf("npm ci && npm run demo"),
    tests: readme.indexOf("npm ci && npm test"),
    why: readme.indexOf("\n## Why\n"),
  };
  const order = Object.keys(places) as (keyof typeof places)[];
  expect(order.filter((name) => places[name] < 0)).toEqual([]);
  expect(order.toSorted((a, b) => places[a] - places[b])).toEqual(order);
  // Not a word of prose stands before the program.
  expect(readme.slice(0, readme.indexOf("```"))).toBe("# tqc\n\n");
});
