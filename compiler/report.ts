/** Diagnostics as text: for people, for editors, for programs, for GitHub. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { stderrColors } from "./colors.js";
import type { Diagnostic, Place } from "./diagnostic.js";
import { frame } from "./frame.js";

/** The forms a report can have. */
export const FORMATS = ["pretty", "json", "github"] as const;

/** One of them. */
export type Format = (typeof FORMATS)[number];

/** For people: a line in the shape of tsc's, the source with the culprit underlined, what to do. */
export function prettyReport(diagnostics: readonly Diagnostic[], directory: string, colors = stderrColors): string {
  const texts = new Map<string, string | undefined>();
  const textOf = (file: string): string | undefined => {
    if (!texts.has(file)) texts.set(file, textAt(resolve(directory, file)));
    return texts.get(file);
  };
  return diagnostics.map((diagnostic) => pretty(diagnostic, textOf(diagnostic.file), colors)).join("\n");
}

/** For programs: plain objects, keys in one order. */
export function jsonDiagnostics(diagnostics: readonly Diagnostic[]): object[] {
  return diagnostics.map(({ code, severity, file, line, column, endLine, endColumn, message, help }) => ({
    ...{ code, severity, file, line, column, endLine, endColumn, message },
    ...(help !== undefined && { help }),
  }));
}

/** For GitHub: annotations on the lines of a pull request. */
export function githubReport(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(annotationOf).join("\n");
}

/** "2 errors and 1 warning". */
export function countOf(diagnostics: readonly Diagnostic[]): string {
  const counts = (["error", "warning"] as const).map((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return count === 0 ? "" : `${count} ${severity}${count === 1 ? "" : "s"}`;
  });
  return counts.filter((text) => text !== "").join(" and ");
}

function pretty({ help, ...diagnostic }: Diagnostic, text: string | undefined, colors: typeof stderrColors): string {
  const { file, line, column, severity, code, message } = diagnostic;
  const paint = severity === "error" ? colors.red : colors.yellow;
  const head = `${colors.cyan(file)}(${line},${column}): ${paint(severity)} ${colors.dim(`${code}:`)} ${message}`;
  const lines = text === undefined ? [] : frame(text, diagnostic, paint);
  const advice = help === undefined ? [] : [`${colors.green("help:")} ${help}`];
  return [head, ...lines, ...advice, ""].join("\n");
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The file went away since it was read; the diagnostic says where it was.
    return undefined;
  }
}

function annotationOf({ severity, code, message, help, ...place }: Diagnostic): string {
  return annotation({
    level: severity,
    title: code,
    text: help === undefined ? message : `${message}\nhelp: ${help}`,
    place,
  });
}

/** What GitHub shows beside the lines of a pull request. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly title: string;
  readonly text: string;
  /** Where; a file alone stands for the whole of it, and nothing for the whole run. */
  readonly place?: Place | { readonly file: string } | undefined;
}

/** An annotation as GitHub reads it from what a step prints. */
export function annotation({ level, title, text, place }: Annotation): string {
  const where = { ...(place && { file: place.file }), ...(place && "line" in place && rangeOf(place)), title };
  const properties = Object.entries(where).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${level} ${properties.join(",")}::${data(text)}`;
}

/** GitHub takes columns only where both are on one line. */
function rangeOf({ line, column, endLine, endColumn }: Place): object {
  return endLine === line ? { line, col: column, endLine, endColumn } : { line, col: column, endLine };
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
