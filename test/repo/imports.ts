/** Reads what modules import, with TypeScript's own parser. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-6";

/** The repository's root. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** The compiled modules that the package offers to programs that run tasks, without their extension. */
export const faces: readonly string[] = Object.entries(manifest().exports)
  .filter(([name, target]) => typeof target === "object" && name !== "./compiler")
  .map(([, target]) => (target as { default: string }).default.replace(/^\.\/|\.js$/g, ""));

function manifest(): { exports: Record<string, string | { default: string }> } {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
}

/** One import: of a module in this repository by its path from the root, or of a package by its name. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly kind: "own" | "package" | "node";
  /** Erased by the compiler, so that it loads nothing. */
  readonly typeOnly: boolean;
}

/** Every file below a folder of the repository, by path from the root, in one order. */
export function filesBelow(folder: string, keep: (path: string) => boolean): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return paths.filter(keep).sort();
}

/** Source text -> its imports: static, dynamic, by `require`, re-exports and `import("...")` types. */
export function importsOf(path: string, text = readFileSync(join(root, path), "utf8")): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier && ts.isStringLiteralLike(specifier))
      found.push({ from: path, ...target(path, specifier.text), typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    if (ts.isCallExpression(node) && loads(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** `import`, `require`, or `createRequire(...)`, by whatever name it goes here. */
function loads(callee: ts.Expression): boolean {
  if (ts.isCallExpression(callee)) return loads(callee.expression);
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && /require/i.test(callee.text));
}

function target(from: string, specifier: string): Pick<Import, "to" | "kind"> {
  if (specifier.startsWith(".")) {
    const to = posix.join(dirname(from), specifier);
    const isPage = existsSync(join(root, to.replace(/\.js$/, ".tsx")));
    return { to: to.replace(/\.js$/, isPage ? ".tsx" : ".ts"), kind: "own" };
  }
  if (specifier.startsWith("node:")) return { to: specifier, kind: "node" };
  return { to: specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"), kind: "package" };
}

/** The circles among imports, each as the modules on it. */
export function circles(imports: readonly Import[]): string[][] {
  const next = new Map<string, Import[]>();
  for (const entry of imports) next.set(entry.from, [...(next.get(entry.from) ?? []), entry]);
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (module: string, path: readonly string[]): void => {
    const start = path.indexOf(module);
    if (start >= 0) found.push([...path.slice(start), module]);
    if (start >= 0 || done.has(module)) return;
    for (const { to } of next.get(module) ?? []) walk(to, [...path, module]);
    done.add(module);
  };
  for (const module of next.keys()) walk(module, []);
  return found;
}
