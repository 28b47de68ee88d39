import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode, encode } from "../../runtime/codec/codec.js";
import type { JsonSchema, Manifest } from "../../runtime/manifest.js";
import { compileSchema } from "../../runtime/schema/schema.js";
import { isGenerable, spoil, valuesOf } from "./arbitrary.js";

const golden = join(import.meta.dirname, "../golden");
const manifests = readdirSync(golden)
  .filter((name) => !/refused|json/.test(name))
  .map((name) => JSON.parse(readFileSync(join(golden, name, "out/tasks.manifest.json"), "utf8")) as Manifest);

interface Typed {
  readonly title: string;
  readonly schema: JsonSchema;
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

const all = manifests.flatMap(({ tasks }) =>
  Object.values(tasks).flatMap(({ name, parameters, result, definitions = {} }): Typed[] => [
    ...parameters.map((one) => ({ title: `${name} takes ${one.text}`, schema: one.schema, definitions })),
    { title: `the result of ${name}`, schema: result, definitions },
  ]),
);
const types = all.filter(({ schema, definitions }) => schema !== true && isGenerable([schema, definitions]));

describe("values made from a type", () => {
  test.each(types)("$title", ({ title, schema, definitions }) => {
    const check = compileSchema(schema, { definitions, owner: title });
    const property = fc.property(valuesOf(schema, definitions), fc.nat(), (value, pick) => {
      expect(check(value), "fits its own schema").toBeUndefined();
      const back = decode(encode(value));
      expect(isDeepStrictEqual(back, value), "survives the wire").toBe(true);
      expect(check(back), "fits on the other side").toBeUndefined();
      const spoiled = spoil(schema, value, definitions);
      const one = spoiled[pick % Math.max(1, spoiled.length)];
      if (one) expect(check(one.value)?.at, "is refused at its place once spoiled").toBe(one.path);
    });
    fc.assert(property, { numRuns: 40 });
  });
});
