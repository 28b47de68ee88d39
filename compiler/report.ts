/** Diagnostics as text: for people, for editors, for programs, for GitHub. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { stderrColors } from "./colors.js";
import type { Diagnostic } from "./diagnostic.js";
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
  return diagnostics.map(annotation).join("\n");
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

function annotation({ severity, file, line, column, endLine, endColumn, code, message, help }: Diagnostic): string {
  const end = endLine === line ? `,endLine=${endLine},endColumn=${endColumn}` : `,endLine=${endLine}`;
  const where = `file=${property(file)},line=${line},col=${column}${end},title=${code}`;
  return `::${severity} ${where}::${data(help === undefined ? message : `${message}\nhelp: ${help}`)}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
