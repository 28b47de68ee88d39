/** Writes every committed generated file of this repository anew; with --check, writes nothing and fails where one is stale. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildScripts, target } from "./lua.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const check = process.argv.includes("--check");

/** The projects in this repository that `tqc build` is for. */
const projects = ["examples/hello", "examples/wordcount", "bench/project", "test/cases/project"];

function scripts(): boolean {
  const text = buildScripts();
  if (!check) writeFileSync(target, text);
  const fresh = existsSync(target) && readFileSync(target, "utf8") === text;
  if (!fresh) console.error(`${target} is not what its Lua files say: run \`npm run generate\``);
  return fresh;
}

function tasks(project: string): boolean {
  const args = ["dist/compiler/cli.js", "build", "-p", `${project}/tsconfig.json`, ...(check ? ["--check"] : [])];
  return spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status === 0;
}

const fresh = [scripts(), ...projects.filter((project) => existsSync(`${root}${project}/tsconfig.json`)).map(tasks)];
process.exitCode = fresh.every(Boolean) ? 0 : 1;
