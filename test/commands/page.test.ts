import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { root } from "../repo/imports.js";

const page = readFileSync(join(root, "docs/cli.md"), "utf8");
const sections = new Map(page.split(/^## tqc /m).map((text) => [text.split("\n")[0], text]));

/** Every command that stands in a file of its own. */
async function commands(): Promise<Command[]> {
  const found: Command[] = [];
  for (const file of readdirSync(join(root, "compiler/commands")).sort()) {
    const module: Record<string, unknown> = await import(`../../compiler/commands/${file.replace(/\.ts$/, "")}.ts`);
    for (const [name, make] of Object.entries(module)) {
      if (/^[a-z]+Command$/.test(name) && typeof make === "function") found.push(make());
    }
  }
  return found;
}

test("the page of the command line names every command, and every flag of it", async () => {
  const all = await commands();
  expect(all.length).toBeGreaterThan(12);
  const missing = all.flatMap((command) => {
    const section = sections.get(command.name());
    if (section === undefined) return [command.name()];
    const flags = command.options.map(({ long }) => long ?? "").filter((flag) => !section.includes(flag));
    return flags.map((flag) => `${command.name()} ${flag}`);
  });
  // These are said to be those of `tqc build`.
  const shared = ["--project", "--out", "--config", "--format", "--json", "--quiet", "--verbose", "--no-cache"];
  expect(missing.filter((each) => !shared.some((flag) => each === `check ${flag}`))).toEqual([]);
});

test("every command of the page is one of the tool", async () => {
  const names = new Set((await commands()).map((command) => command.name()));
  expect([...sections.keys()].slice(1).filter((name) => !names.has(name ?? ""))).toEqual([]);
});
