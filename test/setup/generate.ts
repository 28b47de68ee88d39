/** Writes every committed generated file of this repository anew; with --check, writes nothing and fails where one is stale. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { diagnosticsPage } from "../../compiler/explain.js";
import { buildScripts, target } from "./lua.js";
import { referencePage } from "./reference.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const check = process.argv.includes("--check");

/** The projects in this repository that `tqc build` is for. */
const projects = ["examples/hello", "examples/wordcount", "bench/project", "test/cases/project", "test/types/wished"];

function file(path: string, text: string): boolean {
  if (!check) writeFileSync(path, text);
  const fresh = existsSync(path) && readFileSync(path, "utf8") === text;
  if (!fresh) console.error(`${path} is not what its sources say: run \`npm run generate\``);
  return fresh;
}

function tasks(project: string): boolean {
  const args = ["dist/compiler/cli.js", "build", "-p", `${project}/tsconfig.json`, ...(check ? ["--check"] : [])];
  return spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status === 0;
}

const fresh = [
  file(target, buildScripts()),
  file(join(root, "docs/diagnostics.md"), diagnosticsPage()),
  file(join(root, "docs/reference.md"), referencePage()),
  ...projects.map(tasks),
];
process.exitCode = fresh.every(Boolean) ? 0 : 1;
