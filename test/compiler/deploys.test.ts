import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Verdict } from "../../compiler/compat/change.js";
import { compareManifests } from "../../compiler/compat.js";
import { catalogue, type Kind, manifest } from "./catalogue.js";

const path = join(import.meta.dirname, "../../docs/deploys.md");
const [START, END] = ["<!-- the catalogue -->", "<!-- the end of the catalogue -->"];

const worst = (verdicts: readonly Verdict[]): string =>
  verdicts.find((one) => one === "breaking") ?? verdicts.find((one) => one === "waits") ?? "safe";

function row({ name, old, now }: Kind): string {
  const rollouts = compareManifests(manifest(...old), manifest(...now)).map(({ rollout }) => rollout);
  const verdict = (order: "workersFirst" | "producersFirst") => worst(rollouts.map((one) => one[order]));
  const cells = rollouts.length === 0 ? ["no change", ""] : [verdict("workersFirst"), verdict("producersFirst")];
  return `| ${name} | ${cells.join(" | ")} |`;
}

const tables = Object.entries(catalogue).map(([where, kinds]) =>
  [`| ${where} | new workers first | new producers first |`, "|---|---|---|", ...kinds.map(row)].join("\n"),
);

test("docs/deploys.md shows every kind of change with what the comparison says of it (rewritten with -u)", async () => {
  const page = readFileSync(path, "utf8");
  const [before, after] = [page.slice(0, page.indexOf(START)), page.slice(page.indexOf(END))];
  await expect([before, START, "\n\n", tables.join("\n\n"), "\n\n", after].join("")).toMatchFileSnapshot(path);
});
