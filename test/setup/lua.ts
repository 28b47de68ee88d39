/**
 * Lua scripts -> one TypeScript module that holds their text and a typed call for each. A script's header names its keys,
 * arguments and pieces; a name that is bound and never used, or used and never bound, fails the build.
 *
 *   npx tsx test/setup/lua.ts      writes runtime/brokers/redis/scripts.gen.ts
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "runtime/brokers/redis/lua");

/** Where the module stands. */
export const target = join(root, "runtime/brokers/redis/scripts.gen.ts");

/** What a file's header declares. */
interface Header {
  readonly name: string;
  readonly summary: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
  readonly rest: string | undefined;
  readonly reply: string;
  readonly includes: readonly string[];
  readonly needs: readonly string[];
  readonly body: string;
}

/** The text of the module, from the files as they are. */
export function buildScripts(): string {
  const pieces = new Map(readLua(join(folder, "pieces")).map((piece) => [piece.name, piece]));
  const scripts = readLua(folder);
  const used = new Set(scripts.flatMap(({ includes }) => includes));
  for (const name of pieces.keys()) if (!used.has(name)) throw new Error(`pieces/${name}.lua is included by no script`);
  return [
    "// Generated from runtime/brokers/redis/lua by test/setup/lua.ts. Do not edit: run `npx tsx test/setup/lua.ts`.",
    preamble,
    ...[...pieces.values()].map((piece) => `const ${piece.name}Piece = ${quote(stripped(piece.body))};\n`),
    ...scripts.map((script) => writeScript(script, pieces)),
  ].join("\n");
}

const preamble = `
/** A script, known to the server by its hash. */
export interface Script {
  readonly name: string;
  readonly sha: string;
  readonly text: string;
}

export type Argument = string | number;

/** A script with its keys and arguments, in the order of its header. */
export interface Invocation {
  readonly script: Script;
  readonly keys: readonly string[];
  readonly args: readonly Argument[];
}
`;

function readLua(from: string): Header[] {
  const files = readdirSync(from).filter((file) => file.endsWith(".lua"));
  return files.sort().map((file) => readHeader(basename(file, ".lua"), readFileSync(join(from, file), "utf8")));
}

function readHeader(name: string, text: string): Header {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("--"));
  const header = lines.slice(0, end);
  const of = (tag: string) =>
    header.flatMap((line) => (line.startsWith(`-- @${tag}`) ? [line.slice(tag.length + 4).trim()] : []));
  const words = (tag: string) => of(tag).map((line) => line.split(/\s+/)[0] ?? "");
  const summary = header.filter((line) => line.startsWith("---")).map((line) => line.slice(3).trim());
  if (summary.length === 0) throw new Error(`${name}.lua: the first line says what it does, after ---`);
  return {
    name,
    summary: summary.join(" "),
    keys: words("key"),
    args: words("arg"),
    rest: words("rest")[0],
    reply: of("reply")[0] ?? "",
    includes: words("include"),
    needs: of("needs").flatMap((line) => line.split(/\s+/).filter(Boolean)),
    body: lines.slice(end).join("\n"),
  };
}

function writeScript(script: Header, pieces: ReadonlyMap<string, Header>): string {
  const included = script.includes.map((name) => {
    const piece = pieces.get(name);
    if (!piece) throw new Error(`${script.name}.lua includes pieces/${name}.lua, which does not exist`);
    return piece;
  });
  const bindings = bindingsOf(script);
  const parts = [bindings, ...included.map(({ body }) => stripped(body)), stripped(script.body)];
  checkNames(script, included);
  const sha = createHash("sha1").update(parts.join("")).digest("hex");
  const fields = [...script.keys, ...script.args].map(
    (name) => `readonly ${name}: ${script.keys.includes(name) ? "string" : "Argument"};`,
  );
  const rest = script.rest === undefined ? [] : [`readonly ${script.rest}: readonly Argument[];`];
  const values = [...script.args.map((name) => `given.${name}`), ...(script.rest ? [`...given.${script.rest}`] : [])];
  return `const ${script.name}Script: Script = {
  name: "${script.name}",
  sha: "${sha}",
  text: [
    ${[quote(bindings), ...included.map(({ name }) => `${name}Piece`), quote(stripped(script.body))].join(",\n    ")},
  ].join(""),
};

/** ${script.summary} Replies: ${script.reply}. */
export function ${script.name}(given: {
  ${[...fields, ...rest].join("\n  ")}
}): Invocation {
  return { script: ${script.name}Script, keys: [${script.keys.map((name) => `given.${name}`).join(", ")}], args: [${values.join(", ")}] };
}
`;
}

/**
 * The names of a header as locals, so that no body counts positions. `@rest` is a function that takes the next argument; `at`
 * is the position of the one it took last.
 */
function bindingsOf({ keys, args, rest }: Header): string {
  const lines = [
    ...keys.map((name, i) => `local ${name} = KEYS[${i + 1}]`),
    ...args.map((name, i) => `local ${name} = ARGV[${i + 1}]`),
  ];
  if (rest !== undefined) {
    lines.push(`local at, args = ${args.length}, ARGV`, `local function ${rest}() at = at + 1; return args[at] end`);
  }
  return `${lines.join("\n")}\n`;
}

/** Comments and indentation are for readers; the server gets the rest. */
function stripped(body: string): string {
  const lines = body.split("\n").map((line) => line.replace(/(^|\s)--.*$/, "").trim());
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

const known = new Set(
  `and break do else elseif end false for function if in local nil not or repeat return then true until while
   redis cjson string table math ipairs pairs next tonumber tostring type unpack pcall KEYS ARGV`.split(/\s+/),
);

/** Fails where a header binds a name in vain, or a body uses one that nothing binds. */
function checkNames(script: Header, included: readonly Header[]): void {
  const bound = [...script.keys, ...script.args, ...(script.rest ? [script.rest] : [])];
  const seen = new Set<string>(script.rest ? [...bound, "at", "args"] : bound);
  for (const { name, needs, body } of included) {
    const missing = needs.filter((need) => !seen.has(need));
    if (missing.length > 0)
      throw new Error(`${script.name}.lua: pieces/${name}.lua needs ${missing.join(", ")} before it`);
    for (const need of declaredIn(body)) seen.add(need);
  }
  for (const name of declaredIn(script.body)) seen.add(name);
  const used = [...included, script].flatMap(({ body }) => namesIn(body));
  const unbound = used.filter((name) => !seen.has(name) && !known.has(name));
  if (unbound.length > 0)
    throw new Error(`${script.name}.lua uses ${[...new Set(unbound)].join(", ")}, which nothing binds`);
  const idle = bound.filter((name) => !used.includes(name));
  if (idle.length > 0) throw new Error(`${script.name}.lua binds ${idle.join(", ")} in its header and never uses it`);
}

function codeOf(body: string): string {
  return stripped(body).replace(/'(?:\\.|[^'\\\n])*'/g, "''");
}

function declaredIn(body: string): string[] {
  const code = codeOf(body);
  const lists = [
    ...code.matchAll(/\blocal (?!function)([\w, ]+)/g),
    ...code.matchAll(/\bfor ([\w, ]+?) (?:in\b|=)/g),
    ...code.matchAll(/\bfunction\s*[\w.]*\s*\(([^)]*)\)/g),
    ...code.matchAll(/\bfor ([\w]+) = /g),
    ...code.matchAll(/\blocal function (\w+)/g),
  ];
  return lists.flatMap(([, names = ""]) => names.split(",").map((name) => name.trim())).filter(Boolean);
}

/** Names that are read or called: no fields, no keys of a table. */
function namesIn(body: string): string[] {
  return [...codeOf(body).matchAll(/(?<![\w.:])([A-Za-z_]\w*)(?!\w)(?!\s*=[^=])/g)].map(([, name = ""]) => name);
}

function quote(text: string): string {
  return `\`${text.replace(/[\\`$]/g, "\\$&")}\``;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, buildScripts());
