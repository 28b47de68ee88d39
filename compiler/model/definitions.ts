/** Schemas that refer to entries by number -> schemas that stand alone, with what they share under `$defs`. */
import type { JsonSchema } from "../../runtime/manifest.js";
import type { Entry } from "../shape/shaping.js";

type Entries = ReadonlyMap<string, Entry>;
type Definitions = { [name: string]: JsonSchema };

/** What is recursive, or named and used more than once, becomes a definition; everything else is put where it is used. */
export function closed(
  schemas: readonly JsonSchema[],
  entries: Entries,
): { schemas: JsonSchema[]; definitions: Definitions } {
  const uses = new Map<string, number>();
  const recursive = new Set<string>();
  for (const schema of schemas) count(schema, { entries, uses, recursive, path: new Set() });
  const names = new Map<string, string>();
  for (const [id, times] of uses) {
    const name = entries.get(id)?.name;
    if (recursive.has(id) || (times > 1 && name !== undefined)) names.set(id, unique(name ?? "Type", names));
  }
  const definitions = [...names].map(([id, name]): [string, JsonSchema] => [
    name,
    rewrite(entries.get(id)!.schema, entries, names),
  ]);
  return {
    schemas: schemas.map((schema) => rewrite(schema, entries, names)),
    definitions: Object.fromEntries(definitions.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function unique(name: string, taken: ReadonlyMap<string, string>): string {
  const names = new Set(taken.values());
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (!names.has(candidate)) return candidate;
  }
}

interface Counting {
  readonly entries: Entries;
  readonly uses: Map<string, number>;
  readonly recursive: Set<string>;
  readonly path: Set<string>;
}

function count(schema: unknown, counting: Counting): void {
  if (typeof schema !== "object" || schema === null) return;
  const id = referenceIn(schema);
  if (id === undefined) {
    for (const part of Object.values(schema)) count(part, counting);
    return;
  }
  const { uses, recursive, path, entries } = counting;
  if (path.has(id)) {
    recursive.add(id);
    return;
  }
  const before = uses.get(id) ?? 0;
  uses.set(id, before + 1);
  if (before > 0) return;
  path.add(id);
  count(entries.get(id)?.schema, counting);
  path.delete(id);
}

/** Copies a schema with its references resolved. */
function rewrite(schema: JsonSchema, entries: Entries, names: ReadonlyMap<string, string>): JsonSchema {
  return copy(schema, (id) => {
    const name = names.get(id);
    return name === undefined ? rewrite(entries.get(id)!.schema, entries, names) : { $ref: `#/$defs/${name}` };
  }) as JsonSchema;
}

function copy(value: unknown, resolve: (id: string) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const id = referenceIn(value);
  if (id !== undefined) return resolve(id);
  if (Array.isArray(value)) return value.map((item) => copy(item, resolve));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part, resolve)]));
}

function referenceIn(value: object): string | undefined {
  return "$ref" in value && typeof value.$ref === "string" ? value.$ref : undefined;
}
