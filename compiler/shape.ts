/** Type -> schema. Each type is asked once; a named or recursive one becomes an entry that others refer to. */

import { builtinShape } from "./shape/builtin.js";
import { type Codecs, codecsOf } from "./shape/codecs.js";
import { plain, remarked, type Shape } from "./shape/made.js";
import { listShape, objectShape } from "./shape/object.js";
import type { Entry, Shaping } from "./shape/shaping.js";
import { literalSchema, templatePattern } from "./shape/text.js";
import { unionShape } from "./shape/union.js";
import { ts } from "./source/ts-morph.js";

/** So few entries are not worth a look. */
const FEW = 100;

/** How deep types may nest before they are taken to have no end. */
const DEEPEST = 60;

const { TypeFlags, SymbolFlags } = ts;

/** Shapes types, and remembers them. */
export class Shaper implements Shaping {
  readonly #entries: Map<string, Entry>;
  readonly checker: ts.TypeChecker;
  readonly program: ts.Program;
  readonly #known = new Map<ts.Type, Shape>();
  readonly #open = new Map<ts.Type, { readonly id: string; met: boolean }>();
  #codecs: Codecs | undefined;
  #count = 0;
  /** With more entries than these, it is worth looking which of them are needed. */
  #limit: number;

  /** What an earlier shaper has shaped keeps its number. */
  constructor(program: ts.Program, checker: ts.TypeChecker, before?: Shaper) {
    this.program = program;
    this.checker = checker;
    this.#entries = new Map(before?.entries);
    this.#count = before ? before.#count : 0;
    this.#limit = before ? before.#limit : 0;
  }

  /** The types that schemas refer to, by their number. */
  get entries(): ReadonlyMap<string, Entry> {
    return this.#entries;
  }

  /** Lets go of what edits have left behind, whenever it has become as much as what is needed. */
  tidy(needed: (entries: ReadonlyMap<string, Entry>) => ReadonlyMap<string, Entry>): void {
    if (this.#entries.size <= this.#limit) return;
    const kept = needed(this.#entries);
    for (const id of this.#entries.keys()) if (!kept.has(id)) this.#entries.delete(id);
    this.#limit = 2 * Math.max(this.#entries.size, FEW);
  }

  /** The names of declared codecs by class; looked for when the first class is met. */
  get codecs(): Codecs {
    this.#codecs ??= codecsOf(this.program, this.checker);
    return this.#codecs;
  }

  /** The shape of a type. */
  shape(type: ts.Type): Shape {
    const known = this.#known.get(type);
    if (known) return known;
    const open = this.#open.get(type);
    if (open) {
      open.met = true;
      return { schema: { $ref: open.id }, remarks: [] };
    }
    if (this.#open.size > DEEPEST) return remarked("endless", this.text(type));
    return this.#remember(type);
  }

  /** The shape of what remains of a type when `undefined` is taken out. */
  defined(type: ts.Type): Shape {
    if (!type.isUnion()) return this.shape(type);
    const left = type.types.filter((member) => !(member.flags & TypeFlags.Undefined));
    if (left.length === type.types.length) return this.shape(type);
    return left.length === 1 ? this.shape(left[0]!) : unionShape(left, this);
  }

  /** A type as text, without paths and never shortened. */
  text(type: ts.Type): string {
    const { NoTruncation, UseAliasDefinedOutsideCurrentScope } = ts.TypeFormatFlags;
    const text = this.checker.typeToString(type, undefined, NoTruncation | UseAliasDefinedOutsideCurrentScope);
    return text.replace(/import\("[^"]*"\)\./g, "").replace(/typeof import\("[^"]*"\)/g, "module");
  }

  /** Whether a symbol is declared by a library, and nowhere in the user's own source. */
  isForeign(symbol: ts.Symbol): boolean {
    const files = (symbol.declarations ?? []).map((declaration) => declaration.getSourceFile());
    return files.length > 0 && files.every((file) => file.isDeclarationFile);
  }

  #remember(type: ts.Type): Shape {
    const mine = { id: `#${this.#count++}`, met: false };
    this.#open.set(type, mine);
    const made = this.#make(type);
    this.#open.delete(type);
    const name = this.#nameOf(type);
    const composite = typeof made.schema === "object" && ("properties" in made.schema || "anyOf" in made.schema);
    const shape = mine.met || (name !== undefined && composite) ? { ...made, schema: { $ref: mine.id } } : made;
    if (shape !== made) this.#entries.set(mine.id, { name, schema: made.schema });
    this.#known.set(type, shape);
    return shape;
  }

  #nameOf(type: ts.Type): string | undefined {
    const alias = type.aliasSymbol;
    if (alias && !this.isForeign(alias)) return alias.name;
    const symbol = type.getSymbol();
    return symbol && symbol.flags & (SymbolFlags.Interface | SymbolFlags.Class) ? symbol.name : undefined;
  }

  #make(type: ts.Type): Shape {
    const { flags } = type;
    if (flags & TypeFlags.Any) return remarked(isUnresolved(type) ? "unresolved" : "any", "any", true);
    if (flags & TypeFlags.Unknown) return remarked("unknown", "unknown", true);
    if (flags & TypeFlags.Never) return plain(false);
    if (flags & (TypeFlags.Undefined | TypeFlags.Void)) return plain({ "x-tqc": "undefined" });
    if (flags & TypeFlags.Null) return plain({ type: "null" });
    if (flags & TypeFlags.ESSymbolLike) return remarked("symbol", "symbol");
    if (type.isUnion()) return unionShape(type.types, this);
    return this.#primitive(type) ?? this.#composite(type);
  }

  #primitive(type: ts.Type): Shape | undefined {
    const { flags } = type;
    const literal = literalSchema(type);
    if (literal) return plain(literal);
    if (flags & TypeFlags.TemplateLiteral) {
      return plain({ type: "string", pattern: templatePattern(type as ts.TemplateLiteralType) });
    }
    if (flags & (TypeFlags.String | TypeFlags.StringMapping)) return plain({ type: "string" });
    if (flags & (TypeFlags.Number | TypeFlags.Enum)) return plain({ type: "number" });
    if (flags & TypeFlags.Boolean) return plain({ type: "boolean" });
    if (flags & TypeFlags.BigInt) return plain({ "x-tqc": "bigint" });
    return undefined;
  }

  #composite(type: ts.Type): Shape {
    if (type.flags & TypeFlags.NonPrimitive) return remarked("unknown", "object", { type: ["object", "array"] });
    if (type.isIntersection()) return this.#intersection(type);
    if (type.flags & TypeFlags.Object)
      return listShape(type, this) ?? builtinShape(type, this) ?? objectShape(type, this);
    const constraint = this.checker.getBaseConstraintOfType(type);
    return constraint && constraint !== type ? this.shape(constraint) : remarked("parameter", this.text(type));
  }

  /** A brand is the primitive it is put on; everything else is one object with all properties. */
  #intersection(type: ts.IntersectionType): Shape {
    const core = type.types.filter((member) => member.flags & PRIMITIVE);
    if (core.length === 1) return this.shape(core[0]!);
    const built = type.types.find((member) => listShape(member, this) ?? builtinShape(member, this));
    return built ? this.shape(built) : objectShape(type, this);
  }
}

const PRIMITIVE =
  TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.BigIntLike | TypeFlags.ESSymbolLike;

/** TypeScript's stand-in for a type it could not resolve looks like `any` in every other way. */
function isUnresolved(type: ts.Type): boolean {
  return (type as ts.Type & { readonly intrinsicName?: string }).intrinsicName === "error";
}
