import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { endAll, startTqc } from "./command-line.js";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "tqc-watching-"));
  mkdirSync(join(cwd, "src"));
  writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions: { strict: true }, include: ["src"] }));
  write("x: number");
});
afterEach(endAll);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function write(parameter: string): void {
  writeFileSync(join(cwd, "src/math.ts"), `/** @task */\nexport function half(${parameter}): number { return 1; }\n`);
}

test("tqc build --watch says in one line what a rebuild wrote and how long it took, and ends with 0", {
  timeout: 180_000,
}, async () => {
  const watch = startTqc(["build", "--watch"], { cwd });
  await watch.says(/^.*wrote .*tasks\.gen\.ts.*\n/m);
  write("y: number");
  const [line] = await watch.says(/^.*math\.ts.*\n/m);
  expect(line).toMatch(/wrote .*tasks\.gen\.ts.*\d+ ms/);
  expect(await watch.end()).toBe(0);
});
