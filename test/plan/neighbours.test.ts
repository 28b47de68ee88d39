/** What neighbours share is read once: whatever was read before, a message is what its own text says. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Message, readMessage, writeMessage } from "../../runtime/wire.js";

const word = fc.constantFrom("a", "b", "default", "x/y");
const header = fc.record(
  {
    task: word,
    open: fc.constantFrom([0], [1]),
    path: fc.oneof(word, fc.constantFrom("", 'he said "no"', "back\\slash", "tab\there", "header[3]"), fc.string()),
    stamps: fc.record({ path: word }),
    submitted: fc.constantFrom(1, 2),
    options: fc.record({ headers: fc.record({ path: word }) }),
  },
  { requiredKeys: ["task", "submitted"] },
);
const message: fc.Arbitrary<Message> = fc
  .record({
    run: word,
    index: fc.nat(12),
    queue: fc.constantFrom("q", "r"),
    priority: fc.constantFrom(0, 1),
    delay: fc.constantFrom(0, 1),
    edges: fc.constantFrom("", "n1", "j7"),
    header,
    args: fc.constantFrom("[]", '["path"]'),
    given: fc.option(fc.constantFrom("1", "&3"), { nil: undefined }),
  })
  .map(({ given, ...rest }) => (given === undefined ? rest : { ...rest, given }));

const STRANGER = writeMessage({
  run: "r",
  index: 0,
  queue: "elsewhere",
  priority: 0,
  delay: 0,
  edges: "",
  header: { task: "t", submitted: 1 },
  args: "[]",
});

describe("a message read after its neighbour", () => {
  it("is what its own text says", () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 2, maxLength: 6 }), (messages) => {
        for (const each of messages) expect(readMessage(writeMessage(each))).toEqual(each);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps the order of its header, however it was read", () => {
    const texts = ["header[0]", "header[1]"].map(
      (path) => `r 0 default 0 0\nj9\n{"task":"t","path":"${path}","submitted":1}\n[]`,
    );
    expect(texts.map((text) => writeMessage(readMessage(text)))).toEqual(texts);
  });

  it.each([
    ["a path that is said twice", '{"task":"t","path":"a","path":"b"}'],
    ["a path behind another", '{"stamps":{"path":"a"},"task":"t","path":"b"}'],
    ["a path within something else", '{"task":"t","stamps":{"path":"a"}}'],
  ])("is read as JSON where it has %s", (_, line) => {
    const text = `r 0 default 0 0\n\n${line}\n[]`;
    readMessage(STRANGER);
    const fresh = readMessage(text);
    const again = readMessage(text);
    expect([fresh.header, again.header]).toEqual([JSON.parse(line), JSON.parse(line)]);
  });

  it.each(["", "x", "-1", "1.5"])("is refused where its index is '%s'", (index) => {
    readMessage(STRANGER);
    expect(() => readMessage(STRANGER.replace("r 0 ", `r ${index} `))).toThrow(SyntaxError);
  });

  it("is refused where its path holds what JSON refuses", () => {
    const text = (path: string) => `r 0 default 0 0\nj9\n{"task":"t","path":"${path}"}\n[]`;
    readMessage(text("fine"));
    for (const path of ["a\nb", "a\tb", "a\\qb"]) expect(() => readMessage(text(path))).toThrow(SyntaxError);
  });
});
