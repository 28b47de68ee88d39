/** What init would do in a folder, as a value: shown first, then done. It never overwrites; where a file exists, it adds what is missing or leaves it. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import type { Change } from "./change.js";
import {
  FIRST_COMMONJS_SCRIPT,
  FIRST_SCRIPT,
  FIRST_TASKS,
  GIT_ATTRIBUTES,
  GIT_IGNORE,
  TSCONFIG,
} from "./first-files.js";
import { completedLines } from "./lines.js";
import { lintChanges } from "./lint/changes.js";
import { newPackageJson, withScripts } from "./package-json.js";
import { isCommonJs, type Surroundings } from "./surroundings.js";
import { workflow } from "./workflow.js";

/** Surroundings -> changes, in the order in which they are told. */
export function planChanges(around: Surroundings, version: string): Change[] {
  const file = filesOf(around);
  const lines = (path: string, wanted: readonly string[], what: string) =>
    completedLines({ folder: around.folder, path, wanted, what });
  const script = isCommonJs(around) ? FIRST_COMMONJS_SCRIPT : FIRST_SCRIPT;
  return [
    packageJson(around, version),
    file("tsconfig.json", TSCONFIG, "strict TypeScript, module nodenext"),
    file(posix.join(around.sourceRoot, "tasks/hello.ts"), FIRST_TASKS, "two tasks"),
    file(posix.join(around.sourceRoot, "hello.ts"), script, "a script that runs them in a chord"),
    lines(".gitattributes", GIT_ATTRIBUTES, "generated files are folded in reviews"),
    ...(around.empty ? [lines(".gitignore", GIT_IGNORE, "node_modules and dist")] : []),
    ...lintChanges(around),
    ...(around.otherCi === undefined ? [workflowFile(around)] : []),
  ];
}

/** Writes what is to be written. */
export function makeChanges(folder: string, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.kind === "keep" || change.kind === "advise") continue;
    const path = join(folder, change.path);
    mkdirSync(dirname(path), { recursive: true });
    // A file that appeared since it was looked for is not ours to write over.
    writeFileSync(path, change.text, change.kind === "create" ? { flag: "wx" } : {});
  }
}

function filesOf({ folder }: Surroundings): (path: string, text: string, what: string) => Change {
  return (path, text, what) =>
    existsSync(join(folder, path))
      ? { kind: "keep", path, what: "is there already" }
      : { kind: "create", path, text, what };
}

function packageJson({ packageJson: text, folder }: Surroundings, version: string): Change {
  const path = "package.json";
  if (text === undefined) {
    return { kind: "create", path, text: newPackageJson(folder, version), what: "an ES module with scripts" };
  }
  const completed = withScripts(text);
  if (completed.added.length === 0) return { kind: "keep", path, what: "has the scripts already" };
  return { kind: "complete", path, text: completed.text, what: `scripts ${completed.added.join(", ")}` };
}

function workflowFile(around: Surroundings): Change {
  const { folder, toRepository, sourceRoot, packageManager } = around;
  const project = relative(join(folder, toRepository), folder).replaceAll("\\", "/");
  const name = project === "" ? "tasks.yml" : `tasks-${project.replaceAll("/", "-")}.yml`;
  const manifest = posix.join(project, sourceRoot, "tasks.manifest.json");
  const text = workflow({ packageManager, manifest, project });
  const path = posix.join(toRepository, ".github/workflows", name);
  return filesOf(around)(path, text, "CI checks that generated files are fresh and deploys are safe");
}
