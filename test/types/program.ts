/** Small programs for TypeScript 6, compiled in memory beside the wished module. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript-6";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}test/types/corpus/`;
const { config } = ts.parseConfigFileTextToJson("tsconfig.json", readFileSync(`${folder}tsconfig.json`, "utf8"));
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What came of a program. */
export interface Checked {
  readonly messages: readonly string[];
  /** The lines they stand on, from 1. */
  readonly lines: ReadonlySet<number>;
  /** How many types the checker had to work out: what a type costs, whatever the machine. */
  readonly instantiations: number;
  /** How many types and symbols it made: what it did not leave until somebody asks. */
  readonly types: number;
  readonly symbols: number;
}

/** What the compiler counts for `--extendedDiagnostics`. */
interface Counts {
  getInstantiationCount(): number;
  getTypeCount(): number;
  getSymbolCount(): number;
}

/** A program's text -> what the checker says of it, and what that cost. */
export function check(text: string): Checked {
  const file = `${folder}program.ts`;
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language) => {
    if (name === file) return ts.createSourceFile(name, text, language, true);
    if (!parsed.has(name)) parsed.set(name, read(name, language));
    return parsed.get(name);
  };
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === file || exists(name);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file)!;
  const told = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  const messages = told.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  const lines = new Set(told.map(({ start = 0 }) => source.getLineAndCharacterOfPosition(start).line + 1));
  const counts = program as unknown as Counts;
  return {
    messages,
    lines,
    instantiations: counts.getInstantiationCount(),
    types: counts.getTypeCount(),
    symbols: counts.getSymbolCount(),
  };
}
