import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(
  read("docs/manifest.schema.json") as object,
);
const cases = readdirSync(join(root, "test/golden")).filter((name) => !/refused|json/.test(name));

test.each(cases)("the manifest of %s fits the schema in the docs", (name) => {
  validate(read(`test/golden/${name}/out/tasks.manifest.json`));
  expect(validate.errors ?? []).toEqual([]);
});

test("what is no manifest does not", () => {
  expect(validate({ version: 1, tasks: { add: { name: "add" } } })).toBe(false);
});
