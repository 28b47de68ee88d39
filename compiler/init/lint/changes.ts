/** What the linters of a project have to be told, so that they leave the generated files alone. */
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Change } from "../change.js";
import { GENERATED_PATTERNS } from "../first-files.js";
import { completedLines } from "../lines.js";
import type { Surroundings } from "../surroundings.js";
import { ignoreInBiome } from "./biome.js";
import { type Edit, GLOBS } from "./edit.js";
import { ignoreInFlatConfig } from "./flat-config.js";
import { completeList } from "./json-list.js";
import { type Linter, packageKeys } from "./linters.js";

/** One change for each linter. */
export function lintChanges(around: Surroundings): Change[] {
  return around.linters.map((linter) => changeFor(linter, around));
}

function changeFor({ tool, path }: Linter, around: Surroundings): Change {
  const at = posix.dirname(path);
  const what = `${tool} leaves the generated files alone`;
  const beside = (name: string) =>
    completedLines({ folder: around.folder, path: posix.join(at, name), wanted: GENERATED_PATTERNS, what });
  const edited = (file: string, edit: (text: string) => Edit) =>
    changeOf({ path: file, what, edit: edit(readFileSync(join(around.folder, file), "utf8")) });
  switch (tool) {
    case "Prettier":
      return beside(".prettierignore");
    case "ESLint":
      return edited(path, ignoreInFlatConfig);
    case "ESLint before 9":
      return ignoresInPackage(join(around.folder, at))
        ? changeOf({
            path,
            what,
            edit: { kind: "advice", advice: `let eslintIgnore list ${GENERATED_PATTERNS.join(", ")}` },
          })
        : beside(".eslintignore");
    case "Biome":
      return edited(path, (text) => ignoreInBiome(text, around.packages.get("@biomejs/biome")));
    case "oxlint":
      return edited(path, (text) => completeList(text, { path: ["ignorePatterns"], wanted: GLOBS }));
  }
}

/** Where package.json lists what is ignored; a file `.eslintignore` would make ESLint forget that list. */
function ignoresInPackage(folder: string): boolean {
  return packageKeys(folder).has("eslintIgnore") && !existsSync(join(folder, ".eslintignore"));
}

function changeOf({ path, what, edit }: { readonly path: string; readonly what: string; readonly edit: Edit }): Change {
  switch (edit.kind) {
    case "text":
      return { kind: "complete", path, text: edit.text, what };
    case "known":
      return { kind: "keep", path, what: "speaks of the generated files already" };
    case "advice":
      return { kind: "advise", path, advice: edit.advice, what: "is yours to complete: see the note" };
  }
}
