import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { codes } from "../../compiler/codes.js";
import { diagnosticsPage } from "../../compiler/explain.js";

const root = join(import.meta.dirname, "../..");

describe("every code", () => {
  test("is on the page of diagnostics, which is written from the table", async () => {
    await expect(diagnosticsPage()).toMatchFileSnapshot(join(root, "docs/diagnostics.md"));
  });

  test("is shown by a refused case", () => {
    const refused = join(root, "test/golden/refused");
    const reports = readdirSync(refused).map((name) => readFileSync(join(refused, name, "diagnostics.txt"), "utf8"));
    const shown = new Set(reports.join("\n").match(/TQC\d{4}/g));
    expect(Object.keys(codes).filter((code) => !shown.has(code))).toEqual([]);
  });
});
