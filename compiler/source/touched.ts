/** Which files a change may have made to mean something else. */

import type { Source } from "../source.js";
import { ts } from "./ts-morph.js";

/** The files that changed since, and those that reach one of them; undefined where it may be any. */
export function touchedSince(before: Source, now: Source): ReadonlySet<string> | undefined {
  const old = new Map(before.program.getSourceFiles().map((file) => [file.fileName, file]));
  const files = now.program.getSourceFiles();
  if (files.length !== old.size || settingsOf(before) !== settingsOf(now)) return undefined;
  const touched = new Set<string>();
  for (const file of files) {
    const was = old.get(file.fileName);
    if (was === file) continue;
    if (!was || concernsAll(was) || concernsAll(file)) return undefined;
    touched.add(file.fileName);
  }
  spread(touched, importersIn(now));
  return touched;
}

function settingsOf({ program, layout }: Source): string {
  return JSON.stringify([program.getCompilerOptions(), layout]);
}

/** What is global reaches every file without an import, and so does a codec. */
function concernsAll(file: ts.SourceFile): boolean {
  return !ts.isExternalModule(file) || /\bdeclare\s+(?:global|module)\b|\bcodec\b/.test(file.text);
}

/** File -> the files that import it. */
function importersIn({ program, checker }: Source): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const file of program.getSourceFiles()) {
    if (program.isSourceFileDefaultLibrary(file)) continue;
    for (const specifier of importsOf(file)) {
      for (const { fileName } of checker.getSymbolAtLocation(specifier)?.declarations?.map(fileOf) ?? []) {
        const known = importers.get(fileName);
        if (known) known.push(file.fileName);
        else importers.set(fileName, [file.fileName]);
      }
    }
  }
  return importers;
}

function fileOf(node: ts.Node): ts.SourceFile {
  return node.getSourceFile();
}

function importsOf(file: ts.SourceFile): readonly ts.Expression[] {
  return (file as ts.SourceFile & { readonly imports?: readonly ts.Expression[] }).imports ?? [];
}

/** Adds everything that leads to what is in the set. */
function spread(touched: Set<string>, importers: ReadonlyMap<string, readonly string[]>): void {
  for (const path of touched) for (const importer of importers.get(path) ?? []) touched.add(importer);
}
