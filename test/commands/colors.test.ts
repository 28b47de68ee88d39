import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tqc } from "./command-line.js";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "tqc-colors-"));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** What `tqc build` says of a tsconfig that is not there, through a pipe, with these settings. */
async function said(env: Readonly<Record<string, string>>): Promise<string> {
  const { code, stderr } = await tqc(["build", "-p", "absent.json"], { cwd, env });
  expect(code).toBe(2);
  return stderr;
}

describe("colours through a pipe", { timeout: 180_000 }, () => {
  test.each([
    { given: "nothing said", env: { NO_COLOR: "" }, colored: false },
    { given: "a CI's own variable", env: { NO_COLOR: "", CI: "true" }, colored: false },
    { given: "FORCE_COLOR", env: { NO_COLOR: "", FORCE_COLOR: "1" }, colored: true },
    { given: "FORCE_COLOR=0", env: { NO_COLOR: "", FORCE_COLOR: "0" }, colored: false },
    { given: "FORCE_COLOR and NO_COLOR", env: { NO_COLOR: "1", FORCE_COLOR: "1" }, colored: false },
  ])("$given: $colored", async ({ env, colored }) => {
    expect((await said(env)).includes("\u001b[")).toBe(colored);
  });
});
