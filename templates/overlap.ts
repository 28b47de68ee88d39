/** Types as text -> the type of what is both. */

/** Texts that name an object or a list for certain, though they do not look it. */
export type Structures = ReadonlySet<string>;

/** The type of what is `a` and `b` at once: "never" where that is certain, an intersection where it is not known. */
export function meet(a: string, b: string, structures: Structures): string {
  if (a === b || isAnything(b)) return a;
  if (isAnything(a)) return b;
  const both = membersOf(a).flatMap((one) => membersOf(b).flatMap((other) => meetOne([one, other], structures)));
  return both.length === 0 ? "never" : [...new Set(both)].join(" | ");
}

function isAnything(type: string): boolean {
  return type === "unknown" || type === "any";
}

/** The members of a union; a type that is no union is its only one. */
export function membersOf(type: string): string[] {
  if (/=>|\bextends\b/.test(type)) return [`(${type})`];
  const members: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of type.matchAll(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[()[\]{}<>|]/g,
  )) {
    if ("([{<".includes(token)) depth += 1;
    else if (")]}>".includes(token)) depth -= 1;
    else if (token === "|" && depth === 0) {
      members.push(type.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...members, type.slice(start).trim()].filter((member) => member !== "");
}

function meetOne([a, b]: readonly [string, string], structures: Structures): string[] {
  if (a === b) return [a];
  const [first, second] = [kindOf(a, structures), kindOf(b, structures)];
  if (first === "never" || second === "never") return [];
  if (first !== second && first !== undefined && second !== undefined) return [];
  if (a === first) return [b];
  if (b === second) return [a];
  return first === undefined || second === undefined || first === "structure" ? [`(${a} & ${b})`] : [];
}

const PRIMITIVES = new Set(["string", "number", "boolean", "bigint", "null", "undefined", "void", "never"]);

/** The primitive type that a type is, or is a literal of; "structure" for what is none for certain; undefined for a name. */
function kindOf(type: string, structures: Structures): string | undefined {
  if (structures.has(type)) return "structure";
  if (PRIMITIVES.has(type)) return type;
  if (type === "true" || type === "false") return "boolean";
  if (/^["']/.test(type)) return "string";
  if (/^-?[\d.]+n$/.test(type)) return "bigint";
  if (/^-?[\d.]+(e[+-]?\d+)?$/.test(type)) return "number";
  return /^[[{]|\[\]$|^(Date|RegExp|URL|Uint8Array|ArrayBuffer|(Readonly)?(Array|Map|Set)<.*>)$/.test(type)
    ? "structure"
    : undefined;
}
