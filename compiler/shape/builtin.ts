/** The classes of the language that travel, and those that do not; and classes of the user's with a codec. */

import { ts } from "../source/ts-morph.js";
import { plain, remarked, type Shape } from "./made.js";
import { below, gather, type Remark, type RemarkKind } from "./remark.js";
import type { Shaping } from "./shaping.js";

/** Types that have one schema, by name. */
const SIMPLE: Readonly<Record<string, object>> = {
  Date: { "x-tqc": "Date" },
  RegExp: { "x-tqc": "RegExp" },
  URL: { "x-tqc": "URL" },
  Error: { "x-tqc": "Error" },
  ArrayBuffer: { "x-tqc": "ArrayBuffer" },
  Buffer: { "x-tqc": "Uint8Array" },
  String: { type: "string" },
  Number: { type: "number" },
  Boolean: { type: "boolean" },
};

const TYPED =
  /^(?:Int8|Uint8|Uint8Clamped|Int16|Uint16|Int32|Uint32|Float32|Float64|BigInt64|BigUint64)Array$|^DataView$/;
const ERRORS = /^(?:Type|Range|Syntax|Reference|Eval|URI|Aggregate)Error$/;

/** Types that cannot travel, and why. */
const REFUSED: readonly (readonly [RegExp, RemarkKind])[] = [
  [/^Promise(?:Like)?$/, "promise"],
  [/^Weak(?:Map|Set|Ref)$/, "weak"],
  [/^(?:Async)?(?:Iterator|Iterable|IterableIterator|IteratorObject|Generator)$|Iterator$/, "iterator"],
  [/Stream(?:DefaultReader|DefaultWriter)?$|^(?:Readable|Writable|Duplex|Transform)$/, "stream"],
  [/^(?:Callable|Newable)?Function$/, "function"],
  [/^Symbol$/, "symbol"],
];

/** The shape of an object type that its name tells all about; undefined for one that is told by its properties. */
export function builtinShape(type: ts.Type, shaping: Shaping): Shape | undefined {
  const symbol = type.getSymbol();
  if (!symbol) return undefined;
  const known = shaping.isForeign(symbol) ? knownShape(type, symbol.name, shaping) : undefined;
  if (known) return known;
  if (symbol.flags & ts.SymbolFlags.Class) return classShape(symbol, shaping);
  return inheritedShape(type, shaping) ?? foreignShape(type, symbol, shaping);
}

function knownShape(type: ts.Type, name: string, shaping: Shaping): Shape | undefined {
  if (Object.hasOwn(SIMPLE, name)) return plain(SIMPLE[name] as { [keyword: string]: unknown });
  if (TYPED.test(name)) return plain({ "x-tqc": name });
  if (ERRORS.test(name)) return plain({ "x-tqc": "Error", name });
  if (name === "Map" || name === "ReadonlyMap") return mapShape(type, shaping);
  if (name === "Set" || name === "ReadonlySet") return setShape(type, shaping);
  const refused = REFUSED.find(([pattern]) => pattern.test(name));
  return refused && remarked(refused[1], name);
}

function mapShape(type: ts.Type, shaping: Shaping): Shape {
  const [key, value] = shaping.checker.getTypeArguments(type as ts.TypeReference).map((part) => shaping.shape(part));
  const remarks = gather([below("<key>", key!.remarks), below("<value>", value!.remarks)]);
  return { schema: { "x-tqc": "Map", key: key!.schema, value: value!.schema }, remarks };
}

function setShape(type: ts.Type, shaping: Shaping): Shape {
  const items = shaping.shape(shaping.checker.getTypeArguments(type as ts.TypeReference)[0]!);
  return { schema: { "x-tqc": "Set", items: items.schema }, remarks: below("<item>", items.remarks) };
}

function classShape(symbol: ts.Symbol, shaping: Shaping): Shape {
  const name = shaping.codecs.get(symbol);
  if (name !== undefined) return plain({ "x-tqc": "codec", name });
  return remarked(shaping.isForeign(symbol) ? "instance" : "class", symbol.name);
}

/** An interface that extends one of the language's own travels as that: `interface Problem extends Error`. */
function inheritedShape(type: ts.Type, shaping: Shaping): Shape | undefined {
  if (!type.isClassOrInterface()) return undefined;
  for (const base of shaping.checker.getBaseTypes(type)) {
    const shape = builtinShape(base, shaping);
    if (shape) return { ...shape, remarks: shape.remarks.map((remark) => calledAs(type.symbol.name, remark)) };
  }
  return undefined;
}

/** What cannot travel is called as it is where it is used, not as what it comes from. */
function calledAs(name: string, remark: Remark): Remark {
  return remark.path === "" ? { ...remark, what: name } : remark;
}

/** An interface of a library with methods (`Response`) is told as a whole, not method by method. */
function foreignShape(type: ts.Type, symbol: ts.Symbol, shaping: Shaping): Shape | undefined {
  if (!(symbol.flags & ts.SymbolFlags.Interface) || !shaping.isForeign(symbol)) return undefined;
  const isMethod = (property: ts.Symbol) => property.flags & ts.SymbolFlags.Method;
  return shaping.checker.getPropertiesOfType(type).some(isMethod) ? remarked("instance", symbol.name) : undefined;
}
