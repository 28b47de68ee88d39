/** How the generated modules import the user's: under which name, from where. */
import type { Manifest } from "../runtime/manifest.js";
import { labelName } from "./builder.js";
import { CANVAS, taken } from "./taken.js";

/** Where modules are, seen from the generated ones. */
export interface Location {
  /** What leads from the output folder to the source root: "./", "../src/". */
  readonly toRoot: string;
  /** "js", or "ts" where TypeScript allows importing source files by their own names. */
  readonly importing: "js" | "ts";
}

/** A module of the user's: the name it goes by, and its specifier. */
export interface Imported {
  readonly name: string;
  readonly from: string;
}

/** What a module is imported under where its name is that of its type. */
export function importedName({ name }: Imported): string {
  return `${name}$`;
}

/** The user's modules by path; sorted by it. */
export function modulesOf(manifest: Manifest, location: Location): Map<string, Imported> {
  const contracts = Object.values(manifest.tasks);
  const parameters = contracts.flatMap((contract) => contract.parameters.map(({ name }) => name));
  const exported = [...contracts.map(({ builder }) => builder.split(".", 1)[0]!), ...CANVAS];
  // A parameter hides a module of its name from the types beside it.
  const used = new Set<string>([...exported, ...parameters, ...contracts.map(labelName)]);
  const paths = [...new Set(contracts.map(({ module }) => module))].sort();
  const names = new Set<string>();
  return new Map(
    paths.map((path) => {
      let name = identifierOf(path);
      const isFree = (one: string) => !used.has(one) && !names.has(one) && taken(one) === undefined;
      while (!isFree(name) || !isFree(`${name}$`)) name += "$";
      names.add(name).add(`${name}$`);
      return [path, { name, from: specifierOf(path, location) }];
    }),
  );
}

/** "tasks/send-mail.ts" -> "tasks_send_mail". */
function identifierOf(path: string): string {
  const name = withoutExtension(path).replace(/[^\p{ID_Continue}$]+/gu, "_");
  return /^[\p{ID_Start}$_]/u.test(name) ? name : `_${name}`;
}

/** What a generated module imports one of the user's by. */
export function specifierOf(path: string, { toRoot, importing }: Location): string {
  const specifier = toRoot + path;
  const joined = specifier.startsWith("./../") ? specifier.slice(2) : specifier;
  return importing === "ts" ? joined : joined.replace(/\.([cm]?)[jt]sx?$/, ".$1js");
}

function withoutExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "");
}

/** How a generated module imports another generated one. */
export function sibling(name: string, { importing }: Location): string {
  return `./${name}.${importing}`;
}
