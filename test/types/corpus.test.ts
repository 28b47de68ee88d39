import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const refused = readFileSync(new URL("corpus/refused.ts", import.meta.url), "utf8").split("\n");

/** Line -> the messages told there. */
type Told = ReadonlyMap<number, readonly string[]>;

const wanted: Told = new Map(
  refused.flatMap((text, i) => {
    const [, message] = text.split(" //~ ");
    return message === undefined ? [] : [[i + 1, [message]] as const];
  }),
);

/** A compiler, started over the whole corpus -> its messages by file and line. */
function compile(compiler: string): Promise<{ accepted: Told; refused: Told }> {
  const args = [`node_modules/${compiler}/bin/tsc`, "-p", "test/types/corpus/tsconfig.json", "--pretty", "false"];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 1 << 26 }, (_error, output) => {
      resolve({ accepted: toldIn("accepted.ts", output), refused: toldIn("refused.ts", output) });
    });
  });
}

function toldIn(file: string, output: string): Told {
  const told = new Map<number, string[]>();
  for (const line of output.split("\n")) {
    const found = /^test\/types\/corpus\/(.*)\((\d+),\d+\): error TS\d+: (.*)$/.exec(line);
    if (!found || found[1] !== file) continue;
    const at = Number(found[2]);
    told.set(at, [...(told.get(at) ?? []), wordsOf(found[3]!)]);
  }
  return told;
}

/** Our own message where there is one, else the compiler's. */
function wordsOf(message: string): string {
  const own = /type '"((?:(?!type '").)*)\u200B"'\.$/.exec(message)?.[1];
  return own?.replaceAll('\\"', '"') ?? message;
}

/** The order in which a union or an intersection is printed is the compiler's own affair. */
function withoutUnions(told: Told): Told {
  return new Map(
    [...told].map(([line, messages]) => [
      line,
      messages.map((text) => text.replace(/ \[[^']*\] [|&] \[.*$| '\[[^']*\] [|&] \[.*$/, " ...")),
    ]),
  );
}

describe.each(["typescript-5.6", "typescript-6", "typescript"])("under %s", (compiler) => {
  let compiled: Awaited<ReturnType<typeof compile>>;
  beforeAll(async () => {
    compiled = await compile(compiler);
  }, 180_000);

  test("every program that is right compiles, and has the type it says", () => {
    expect(compiled.accepted).toEqual(new Map());
  });

  test("every mistake is told on its own line, in its own words, and nothing else is", () => {
    expect(withoutUnions(compiled.refused)).toEqual(withoutUnions(wanted));
  });
});

test("the corpus holds enough of both", () => {
  const accepted = readFileSync(new URL("corpus/accepted.ts", import.meta.url), "utf8");
  expect(accepted.match(/^(same<|\w+[.(])/gm)?.length).toBeGreaterThan(150);
  expect(wanted.size).toBeGreaterThan(150);
});
