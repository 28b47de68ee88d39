/** Writes every committed generated file of this repository anew; with --check, writes nothing and fails where one is stale. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const check = process.argv.includes("--check") ? ["--check"] : [];

/** The projects in this repository that `tqc build` is for. */
const projects = ["examples/hello", "examples/wordcount", "bench/project", "test/cases/project"];

const commands = projects
  .filter((project) => existsSync(`${root}${project}/tsconfig.json`))
  .map((project) => ["dist/compiler/cli.js", "build", "-p", `${project}/tsconfig.json`, ...check]);

for (const command of commands) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
