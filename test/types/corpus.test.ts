import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file: string) => readFileSync(new URL(`corpus/${file}`, import.meta.url), "utf8");
const accepted = ["accepted.ts", "accepted-uses.ts"];
const refused = ["refused.ts", "refused-uses.ts"];

/** "file:line" -> the messages told there. */
type Told = ReadonlyMap<string, readonly string[]>;

const wanted: Told = new Map(
  refused.flatMap((file) =>
    read(file)
      .split("\n")
      .flatMap((text, i) => {
        const [, message] = text.split(" //~ ");
        return message === undefined ? [] : [[`${file}:${i + 1}`, [message]] as const];
      }),
  ),
);

/** A compiler, started once over the whole corpus -> its messages by place. */
function compile(compiler: string): Promise<Told> {
  const args = [`node_modules/${compiler}/bin/tsc`, "-p", "test/types/corpus/tsconfig.json", "--pretty", "false"];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 1 << 26 }, (_error, output) => resolve(toldIn(output)));
  });
}

function toldIn(output: string): Told {
  const told = new Map<string, string[]>();
  for (const line of output.split("\n")) {
    const found = /^(?:test\/types\/corpus\/)?(\S*)\((\d+),\d+\): error TS\d+: (.*)$/.exec(line);
    if (!found) continue;
    const at = `${found[1]}:${found[2]}`;
    told.set(at, [...(told.get(at) ?? []), wordsOf(found[3]!)]);
  }
  return told;
}

/** Our own message where there is one, else the compiler's. */
function wordsOf(message: string): string {
  const own = /type '"((?:(?!type '").)*)\u200B"'\.$/.exec(message)?.[1];
  return own?.replaceAll('\\"', '"') ?? message;
}

/** What was told in some of the files; the order in which a union is printed is the compiler's own affair. */
function told(all: Told, files: readonly string[]): Told {
  const withoutUnion = (text: string) => text.replace(/ \[[^']*\] [|&] \[.*$| '\[[^']*\] [|&] \[.*$/, " ...");
  const places = [...all].filter(([at]) => files.includes(at.split(":", 1)[0]!));
  return new Map(places.map(([at, messages]) => [at, messages.map(withoutUnion)]));
}

describe.each(["typescript-5.6", "typescript-6", "typescript"])("under %s", (compiler) => {
  let compiled: Told;
  beforeAll(async () => {
    compiled = await compile(compiler);
  }, 180_000);

  test("every program that is right compiles, and has the type it says", () => {
    expect(told(compiled, accepted)).toEqual(new Map());
  });

  test("every mistake is told on its own line, in its own words, and nothing else is", () => {
    expect(told(compiled, refused)).toEqual(told(wanted, refused));
  });

  test("nothing is told anywhere else", () => {
    expect([...compiled.keys()].filter((at) => !/^(accepted|refused)/.test(at))).toEqual([]);
  });
});

test("the corpus holds enough of both", () => {
  const programs = accepted.map(read).join("\n");
  expect(programs.match(/^ *(same<|\w+[.(])/gm)?.length).toBeGreaterThan(300);
  expect(wanted.size).toBeGreaterThan(300);
});
