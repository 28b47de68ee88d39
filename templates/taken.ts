/** Names a builder cannot have in the generated module. */

const RESERVED = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super switch
  this throw true try typeof undefined var void while with yield`.split(/\s+/),
);

/** The run time's names that the generated module re-exports. */
export const CANVAS = ["StampingVisitor", "chain", "chord", "chunks", "group", "xmap", "xstarmap"] as const;

/** The run time's names that the generated module needs for itself. */
export const OWN_VALUES = ["byName", "createApp", "createTask", "declareTask", "reviver"] as const;
/** Likewise, types. */
export const OWN_TYPES = [
  ...["Bindable", "Exact", "Gives", "Listed", "Open", "ParameterOf", "PartialOf", "Plain", "ResultOf", "Takes"],
  ...["TaskOf", "Unchanged", "Untold"],
];
const MADE = ["app", "maybeSignature", "signature"];

/** Whose a name is; undefined for one that is free. */
export function taken(name: string): string | undefined {
  if (RESERVED.has(name)) return "a reserved word";
  if ((CANVAS as readonly string[]).includes(name)) return "a name of the canvas";
  if (MADE.includes(name)) return "an export of the generated module itself";
  const own: readonly string[] = [...OWN_VALUES, ...OWN_TYPES];
  return own.includes(name) ? "a name that the generated module imports" : undefined;
}
