import fc from "fast-check";

const leaf = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.integer(),
  fc.bigInt(),
  fc.string({ unit: "binary" }),
  fc.date({ noInvalidDate: false }),
  fc.webUrl().map((url) => new URL(url)),
  fc.constantFrom(/a/g, /[/\]]\n/iu, /(?:)/),
  fc.uint8Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
);

const key = fc.oneof(
  fc.string(),
  fc.constantFrom("__proto__", "constructor", "prototype", "a.b", "toJSON", "length", ""),
);

/** Values of every kind that travels, nested in each other. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { withCrossShrink: true, maxDepth: 4 },
    leaf,
    tie("list"),
    tie("object"),
    tie("map"),
    tie("set"),
    tie("error"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  map: fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((entries) => new Map(entries)),
  set: fc.array(tie("value"), { maxLength: 3 }).map((items) => new Set(items)),
  error: fc
    .tuple(fc.constantFrom(Error, TypeError, RangeError), fc.string(), tie("value"), tie("value"))
    .map(([type, message, cause, field]) => Object.assign(new type(message, { cause }), { field })),
})).value;
