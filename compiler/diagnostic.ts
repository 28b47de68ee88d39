/** What the compiler has to say about a user's source: plain values, from the phase that finds them to the terminal. */
import { relative } from "node:path";
import type { Code } from "./codes.js";
import { severityOf } from "./codes.js";

/** A stretch of a file. The file is an absolute path; lines and columns count from 1, the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What a phase found wrong. */
export interface Problem {
  readonly code: Code;
  readonly place: Place;
  /** What was found and what was expected. */
  readonly message: string;
  /** What to do, where a fix is likely. */
  readonly help?: string;
}

/** A problem as it is reported: with its severity, the file relative to the working directory. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: "error" | "warning";
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly help?: string;
}

/** Problems -> diagnostics: sorted by place, none twice. */
export function toDiagnostics(problems: readonly Problem[], directory: string): Diagnostic[] {
  const byKey = new Map<string, Diagnostic>();
  for (const { code, place: absolute, message, help } of problems) {
    const place = seenFrom(directory, absolute);
    const diagnostic = { code, severity: severityOf(code), ...place, message, ...(help !== undefined && { help }) };
    byKey.set(`${place.file}\n${place.line}\n${place.column}\n${code}\n${message}`, diagnostic);
  }
  return [...byKey.values()].sort(inOrder);
}

/** A place as it is reported: its file relative to a folder, with forward slashes. */
export function seenFrom(directory: string, place: Place): Place {
  return { ...place, file: relative(directory, place.file).replaceAll("\\", "/") };
}

/** Whether something stands in the way of writing. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ code }) => severityOf(code) === "error");
}

function inOrder(a: Diagnostic, b: Diagnostic): number {
  return (
    byText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    byText(a.code, b.code) ||
    byText(a.message, b.message)
  );
}

/** The one order of texts: by code unit. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
