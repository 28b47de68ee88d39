import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { misfit } from "../../compiler/compat/misfit.js";
import type { JsonSchema } from "../../runtime/manifest.js";
import { compileSchema } from "../../runtime/schema/schema.js";
import { valuesOf } from "./arbitrary.js";

const text = { type: "string" };
const number = { type: "number" };

/** Types as manifests describe them, small enough to be alike often. */
const { schema: schemas } = fc.letrec<{ schema: JsonSchema; leaf: JsonSchema; object: JsonSchema; list: JsonSchema }>(
  (tie) => ({
    leaf: fc.constantFrom<JsonSchema>(
      text,
      number,
      { type: "boolean" },
      { type: "null" },
      { const: "a" },
      { const: true },
      { const: 1 },
      { enum: ["a", "b"] },
      { enum: [1, "a"] },
      { type: "string", pattern: "^a$" },
      { type: "string", pattern: "^[ab]$" },
      { type: ["object", "array"] },
      { "x-tqc": "undefined" },
      { "x-tqc": "bigint" },
      { "x-tqc": "bigint", literal: "7" },
      { "x-tqc": "Date" },
      { "x-tqc": "Error" },
      { "x-tqc": "Error", name: "TypeError" },
      { "x-tqc": "Uint8Array" },
      { $ref: "#/$defs/Tree" },
      { $ref: "#/$defs/Leaf" },
      true,
    ),
    object: fc
      .record({
        properties: fc.dictionary(fc.constantFrom("a", "b", "7"), tie("schema"), { maxKeys: 2, noNullPrototype: true }),
        optional: fc.boolean(),
        index: fc.option(fc.tuple(fc.constantFrom("all", "^-?\\d+$", "^b"), tie("leaf")), { nil: undefined }),
      })
      .map(({ properties, optional, index }) => ({
        type: "object",
        properties,
        ...(!optional && Object.keys(properties).length > 0 && { required: Object.keys(properties) }),
        ...(index?.[0] === "all" && { additionalProperties: index[1] }),
        ...(index && index[0] !== "all" && { patternProperties: { [index[0]]: index[1] } }),
      })),
    list: fc
      .record({
        prefixItems: fc.array(tie("leaf"), { maxLength: 2 }),
        items: fc.oneof(tie("leaf"), fc.constant(false)),
        optional: fc.boolean(),
      })
      .map(({ prefixItems, items, optional }) => ({
        type: "array",
        ...(prefixItems.length > 0 && { prefixItems }),
        ...(!optional && prefixItems.length > 0 && { minItems: prefixItems.length }),
        items,
      })),
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      tie("leaf"),
      tie("object"),
      tie("list"),
      fc.tuple(tie("leaf"), tie("schema")).map((anyOf) => ({ anyOf })),
      fc
        .tuple(fc.constantFrom("Map", "Set"), tie("leaf"), tie("leaf"))
        .map(([kind, one, other]) =>
          kind === "Set" ? { "x-tqc": kind, items: one } : { "x-tqc": kind, key: one, value: other },
        ),
    ),
  }),
);

const definitions = {
  Tree: { type: "object", properties: { leaf: text, next: { type: "array", items: { $ref: "#/$defs/Tree" } } } },
  Leaf: { anyOf: [text, number] },
};
const wider = { ...definitions, Leaf: { anyOf: [text, number, { type: "null" }] } };

test("what the comparison of two types calls safe, the run time takes", { timeout: 120_000 }, () => {
  let safe = 0;
  const property = fc.property(schemas, schemas, fc.boolean(), fc.context(), (from, to, same, context) => {
    const other = same ? from : to;
    const found = misfit({ schema: from, definitions }, { schema: other, definitions: wider });
    if (found) return;
    safe++;
    const [own, check] = [
      compileSchema(from, { definitions, owner: "it" }),
      compileSchema(other, { definitions: wider, owner: "it" }),
    ];
    for (const value of fc.sample(valuesOf(from, definitions), { numRuns: 8, seed: safe })) {
      // A name may be described twice, and so that nothing fits both.
      if (own(value)) continue;
      context.log(inspect(value));
      expect(check(value)).toBeUndefined();
    }
  });
  fc.assert(property, { numRuns: 800, seed: 1 });
  expect(safe).toBeGreaterThan(300);
});
