import { type ChildProcess, execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { root } from "./imports.js";
import { outside, startWorker, stopWorker } from "./processes.js";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "tqc-words-")));
let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
  mkdirSync(join(folder, "deep"));
  writeFileSync(join(folder, "one.md"), "the cat and the dog\n");
  writeFileSync(join(folder, "deep", "two.txt"), "The Cat sat.\n");
  writeFileSync(join(folder, "picture.png"), "the the the the\n");
});

afterAll(async () => {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("hello", () => {
  test("prints what it computes, in this process", async () => {
    expect(await run("hello/hello.ts", {})).toBe("(2 + 3) * 4 = 20\nside by side: 20 and 2\n");
  });

  test("prints the same with a worker on Redis", async () => {
    const started = await worker("hello");
    expect(await run("hello/hello.ts", { TQC_BROKER_URL: redis.url })).toBe(
      "(2 + 3) * 4 = 20\nside by side: 20 and 2\n",
    );
    expect(await stopWorker(started)).toBe(0);
  });
});

describe("wordcount", () => {
  const table = ["           the      3  ████████", "           cat      2  ████", "           and      1  ██"];

  test("counts a folder in this process", async () => {
    const printed = await run("wordcount/wordcount.ts", {}, folder);
    for (const line of table) expect(printed).toContain(line);
    expect(printed).toContain("8 words, 5 different, in 2 files, counted by one process");
    expect(printed).toMatch(
      /listFiles ──> countWords x2 ──> merge ──> top ──> render\n {3}6 tasks in \d+ ms, run \S+\n$/,
    );
  });

  test("counts the same on Redis with two workers, which both stop cleanly", async () => {
    const workers = await Promise.all([worker("wordcount"), worker("wordcount")]);
    const printed = await run("wordcount/wordcount.ts", { TQC_BROKER_URL: redis.url }, folder);
    for (const line of table) expect(printed).toContain(line);
    expect(printed).toMatch(/8 words, 5 different, in 2 files, counted by (one process|2 processes)\n/);
    expect(await Promise.all(workers.map(stopWorker))).toEqual([0, 0]);
  });

  test("counts this repository", async () => {
    expect(await run("wordcount/wordcount.ts", {})).toMatch(/\d{4,} words, \d{3,} different, in \d{2,} files/);
  });
});

/** Runs an example as a person would, and gives what it prints. */
async function run(
  program: string,
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<string> {
  const tsconfig = join(root, "examples", program, "../tsconfig.json");
  const command = ["--import", "tsx", join(root, "examples", program), ...args];
  const options = { cwd: root, env: { ...outside(), TSX_TSCONFIG_PATH: tsconfig, ...env }, timeout: 180_000 };
  return (await promisify(execFile)(process.execPath, command, options)).stdout;
}

/** A worker for an example, on the tests' Redis. */
function worker(example: string): Promise<ChildProcess> {
  const registry = join(root, "examples", example, "tasks.registry.gen.ts");
  return startWorker({ script: join(root, "dist/compiler/cli.js"), registry, broker: redis.url });
}
