/** A program as a user writes it: built by the real command, judged by three compilers, run on memory and on Redis. */
import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outside, startWorker, stopWorker } from "../repo/processes.js";
import { startRedis } from "../setup/redis.js";
import { refusals } from "./refusals.js";

const root = join(import.meta.dirname, "../..");
const cli = join(root, "dist/compiler/cli.js");
const project = realpathSync(mkdtempSync(join(tmpdir(), "tqc-acceptance-")));
const COMPILERS = ["typescript-5.6", "typescript-6", "typescript"];

/** How many facts the program tells of. */
const FACTS = 28;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

beforeAll(async () => {
  cpSync(join(import.meta.dirname, "in"), project, { recursive: true });
  mkdirSync(join(project, "node_modules"));
  for (const name of ["tsx", "@types", "undici-types"])
    symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name));
  symlinkSync(root, join(project, "node_modules/tqc"));
  const built = await node([cli, "build"]);
  expect(built).toMatchObject({ code: 0, stdout: "", stderr: expect.stringContaining("wrote src/tasks.gen.ts") });
}, 180_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

test("what was built is fresh until a source changes", async () => {
  expect((await node([cli, "build", "--check"])).code).toBe(0);
  const source = join(project, "src/tasks/math.ts");
  const text = readFileSync(source, "utf8");
  writeFileSync(source, text.replace("words: string", "words: number"));
  const stale = await node([cli, "build", "--check"]);
  writeFileSync(source, text);
  expect(stale).toMatchObject({ code: 1, stderr: expect.stringContaining("+++ b/src/tasks.gen.ts") });
}, 180_000);

describe.each(COMPILERS)("under %s", (compiler) => {
  test("the program compiles, and each wrong line is refused where it is wrong", async () => {
    const path = join(project, "src/refused.ts");
    const generated = readFileSync(join(project, "src/tasks.gen.ts"), "utf8");
    writeFileSync(path, [importsOf(generated), ...refusals.map(([line]) => `${line};`)].join("\n"));
    const tsc = join(root, "node_modules", compiler, "bin/tsc");
    const { stdout } = await node([tsc, "-p", ".", "--pretty", "false"]);
    const errors = [...stdout.matchAll(/^(\S+)\((\d+),\d+\): (.*)$/gm)];
    expect(errors.filter(([, file]) => file !== "src/refused.ts")).toEqual([]);
    // The message ends in a mark that nobody sees.
    const messages = new Map(errors.map(([, , line, text]) => [Number(line), text?.replace("\u200b", "")]));
    expect(refusals.map(([line], at) => [line, messages.get(at + 2) ?? "compiles"])).toEqual(
      refusals.map(([line, words]) => [line, expect.stringContaining(words)]),
    );
  }, 180_000);
});

test("the program holds on memory", async () => {
  expect(await factsThatFail({})).toEqual([]);
}, 180_000);

test("the program holds on Redis, with workers that drain", async () => {
  const redis = await startRedis();
  const journal = join(project, "journal-redis");
  process.env.JOURNAL = journal;
  const place = { script: cli, registry: join(project, "src/tasks.registry.gen.ts"), broker: redis.url };
  const workers = await Promise.all([startWorker(place), startWorker(place)]);
  delete process.env.JOURNAL;
  try {
    expect(await factsThatFail({ TQC_BROKER_URL: redis.url, JOURNAL: journal })).toEqual([]);
    expect(await Promise.all(workers.map(stopWorker))).toEqual([0, 0]);
  } finally {
    for (const worker of workers) worker.kill("SIGKILL");
    await redis.stop();
  }
}, 180_000);

/** Runs the program: what does not hold, with why, and how it ended if that was not well. */
async function factsThatFail(env: NodeJS.ProcessEnv): Promise<readonly unknown[]> {
  const { code, stdout, stderr } = await node(["--import", "tsx", "src/main.ts"], {
    JOURNAL: join(project, "journal"),
    ...env,
  });
  const facts = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { title: string; error?: string });
  const ended = code === 0 && facts.length === FACTS ? [] : [{ code, facts: facts.length, stderr }];
  return [...facts.filter(({ error }) => error !== undefined), ...ended];
}

function importsOf(generated: string): string {
  const names = [...generated.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
  return `import { ${names.join(", ")}, chain, chord, chunks, group, xmap, xstarmap } from "./tasks.gen.js";`;
}

function node(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: project, env: { ...outside(), ...env, NO_COLOR: "1" }, timeout: 180_000 };
    execFile(process.execPath, [...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
}
