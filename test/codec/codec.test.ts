import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codec } from "../../runtime/codec/class-codec.js";
import { decode, encode } from "../../runtime/codec/codec.js";
import { CodecError, ConfigurationError } from "../../runtime/errors.js";
import { same } from "./same.js";
import { anyValue } from "./values.js";

const there = (value: unknown): unknown => decode(encode(value));

describe("a value of any kind survives", () => {
  test("at random", () => {
    fc.assert(
      fc.property(anyValue, (value) => same(there(value), value)),
      { numRuns: 2_000 },
    );
  });

  test("the same way as plain JSON and as superjson", () => {
    const json = fc.jsonValue().filter((value) => !encode(value).startsWith("~"));
    fc.assert(fc.property(json, (value) => same((there([value, undefined]) as unknown[])[0], there(value))));
  });

  test("at random, twice over: the second text is the first", () => {
    fc.assert(fc.property(anyValue, (value) => encode(there(value)) === encode(value)));
  });

  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["undefined inside", [undefined, { a: undefined }]],
    ["NaN", Number.NaN],
    ["negative zero", -0],
    ["infinities", [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ["a bigint", 12345678901234567890n],
    ["a Date", new Date(0)],
    ["an invalid Date", [new Date(Number.NaN)]],
    ["a RegExp", /a\/b\n[\]]/giu],
    ["a URL", new URL("https://example.org/a?b=c#d")],
    [
      "a Map with keys of any kind",
      new Map<unknown, unknown>([
        [{ a: 1 }, new Set([1n])],
        [Number.NaN, undefined],
      ]),
    ],
    ["a Set of Sets", new Set([new Set([new Date(1)])])],
    ["line feeds and quotes", 'a\nb\r\n"\u2028\\'],
    ["half of a surrogate pair", "\ud800"],
    ["keys with dots, slashes and nothing", { "a.b": new Date(1), "a\\.b": 1n, "": undefined }],
    ["an empty list, an empty object", [[], {}]],
  ])("%s", (_, value) => expect(same(there(value), value)).toBe(true));

  test("shared references arrive as two equal values", () => {
    const day = new Date(1);
    const [a, b] = there([day, day]) as [Date, Date];
    expect([a, b]).toEqual([day, day]);
    expect(a).not.toBe(b);
  });

  test("a hole in a list arrives as undefined", () => {
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    expect(there([, 1])).toEqual([undefined, 1]);
  });
});

describe("binary data survives", () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, i) => i * 8);

  test.each([
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  ])("in %o", (View) => {
    const view = new View(bytes.buffer, 8, 2);
    const copy = there({ view }) as { view: typeof view };
    expect(copy.view).toBeInstanceOf(View);
    expect(Buffer.from(copy.view.buffer).equals(Buffer.from(bytes.buffer, 8, view.byteLength))).toBe(true);
  });

  test("as an ArrayBuffer", () => expect(there(bytes.buffer)).toEqual(bytes.buffer));

  test("as a Buffer, which arrives as the Uint8Array it is", () => {
    const copy = there(Buffer.from("hé"));
    expect(copy).toEqual(new Uint8Array([104, 195, 169]));
    expect(Buffer.isBuffer(copy)).toBe(false);
  });

  test("with the numbers that JSON has no word for", () => {
    const numbers = new Float64Array([Number.NaN, -0, Number.POSITIVE_INFINITY]);
    expect(same(there(numbers), numbers)).toBe(true);
  });
});

describe("an error survives", () => {
  test("with its class, message, stack, fields and causes", () => {
    const cause = new RangeError("inner", { cause: ["any", new Date(1)] });
    const error = Object.assign(new TypeError("outer", { cause }), { status: 404, at: new Date(2) });
    const copy = there(error) as TypeError & { status: number; cause: Error };
    expect(copy).toBeInstanceOf(TypeError);
    expect(copy).toMatchObject({
      name: "TypeError",
      message: "outer",
      stack: error.stack,
      status: 404,
      at: new Date(2),
    });
    expect(copy.cause).toBeInstanceOf(RangeError);
    expect(copy.cause.cause).toEqual(["any", new Date(1)]);
    expect(Object.keys(copy)).toEqual(["status", "at"]);
  });

  test("of a class of its own, as an Error of that name", () => {
    class TooHot extends Error {
      override name = "TooHot";
    }
    const copy = there(new TooHot("42")) as Error;
    expect([copy.name, copy.message, copy instanceof Error]).toEqual(["TooHot", "42", true]);
  });

  test("that holds others", () => {
    const copy = there(new AggregateError([new Error("a"), "b"], "both")) as AggregateError;
    expect(copy).toBeInstanceOf(AggregateError);
    expect(copy.errors).toEqual([new Error("a"), "b"]);
  });
});

describe("keys that are dangerous elsewhere", () => {
  test.each(['{"__proto__":{"x":1}}', '{"constructor":{"prototype":{"x":1}}}'])("are kept: %s", (json) => {
    const value = JSON.parse(json) as object;
    for (const copy of [there(value), (there([value, new Date(1)]) as object[])[0]!]) {
      expect(JSON.stringify(copy)).toBe(json);
      expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    }
    expect({}).not.toHaveProperty("x");
  });

  test("may hold what JSON cannot", () => {
    const value = Object.fromEntries([["__proto__", new Date(5)]]);
    expect(Object.getOwnPropertyDescriptor(there(value), "__proto__")?.value).toEqual(new Date(5));
  });

  test.each([
    '~{"json":{"a":1},"meta":{"values":{"__proto__.x":["Date"]},"v":1}}',
    '~{"json":{"a":1},"meta":{"values":{"constructor.prototype.x":["undefined"]},"v":1}}',
  ])("do no harm in a text that was made up: %s", (text) => {
    expect(() => decode(text)).toThrow(CodecError);
    expect({}).not.toHaveProperty("x");
  });
});

describe("a text", () => {
  test.each<[string, unknown, string]>([
    ["plain JSON where that is exact", [2, "a", { b: [true, null] }], '[2,"a",{"b":[true,null]}]'],
    ["empty for undefined", undefined, ""],
  ])("is %s", (_, value, text) => expect(encode(value)).toBe(text));

  test("is one line that starts with none of the wire's own signs", () => {
    fc.assert(fc.property(anyValue, (value) => /^[^&@!%\n]?[^\n]*$/.test(encode(value))));
  });

  test("that holds no value is an error that shows it", () => {
    expect(() => decode("{oops")).toThrow(new CodecError("this text holds no value: {oops"));
    expect(() => decode('~{"json":["?"],"meta":{"values":[["custom","tqc"]],"v":1}}')).toThrow(
      "the tag '?' is unknown here",
    );
  });
});

describe("what cannot travel is refused by its place", () => {
  const cyclic: { list: unknown[] } = { list: [] };
  cyclic.list.push({ again: cyclic });

  test.each<[string, unknown, string]>([
    ["a function", { user: { onDone: [() => 1] } }, "the value.user.onDone[0] is a function; functions cannot travel"],
    ["a symbol", new Map([["a", Symbol("b")]]), "the value's entry 0 is a symbol; symbols cannot travel"],
    ["a cycle", cyclic, "the value.list[0].again is the value again; cyclic values cannot travel"],
    [
      "an instance",
      [new (class Point {})()],
      "the value[0] is an instance of Point; give the class a codec: codec(Point, { name, encode, decode })",
    ],
    ["a promise", Promise.resolve(), "the value is an instance of Promise; give the class a codec"],
  ])("%s", (_, value, message) => {
    expect(() => encode(value)).toThrow(CodecError);
    expect(() => encode(value)).toThrow(message);
  });

  test("too deep a nesting is an error, not a crash", () => {
    let deep: unknown = new Date(1);
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => encode(deep)).toThrow("the value is nested too deeply to travel");
  });
});

describe("a class with a codec", () => {
  class Money {
    readonly #cents: bigint;
    private constructor(cents: bigint) {
      this.#cents = cents;
    }
    static of(cents: bigint): Money {
      return new Money(cents);
    }
    get cents(): bigint {
      return this.#cents;
    }
  }
  codec(Money, { name: "Money", encode: ({ cents }) => ({ cents }), decode: ({ cents }) => Money.of(cents) });

  test("travels anywhere in a value", () => {
    const [money] = (there(new Map([["price", [Money.of(5n)]]])) as Map<string, Money[]>).get("price")!;
    expect(money).toBeInstanceOf(Money);
    expect(money?.cents).toBe(5n);
  });

  test("carries its subclasses as itself", () => {
    class Base {}
    class Derived extends Base {}
    codec(Base, { name: "Base", encode: () => 1, decode: () => new Base() });
    expect(Object.getPrototypeOf(there(new Derived()))).toBe(Base.prototype);
  });

  test("needs a name that no other class has", () => {
    class Coin {}
    expect(() => codec(Coin, { name: "Money", encode: () => 0, decode: () => new Coin() })).toThrow(ConfigurationError);
  });

  test("is an error that tells what to import where the codec is not loaded", () => {
    const text = encode([Money.of(1n)]).replace('"Money"', '"Gold"');
    expect(() => decode(text)).toThrow(
      "no codec is named 'Gold' here; import the module that calls codec(…, { name: \"Gold\" })",
    );
  });
});
