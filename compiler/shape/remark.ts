/** What there is to remark about a type: where inside it, and what is there. Plain values. */

/** Why a part of a type cannot travel, or what it leaves unsaid. */
export type RemarkKind =
  /** It cannot travel. */
  | "function"
  | "constructor"
  | "symbol"
  | "promise"
  | "weak"
  | "iterator"
  | "stream"
  | "class"
  | "instance"
  | "getter"
  | "endless"
  | "parameter"
  /** It travels unchecked. */
  | "any"
  | "unknown"
  | "unresolved";

/** One remark. `path` leads from the whole to the part: ".options.onDone", "[]", "<value>". */
export interface Remark {
  readonly path: string;
  readonly kind: RemarkKind;
  /** The part as text, where its name helps: "Promise", "Money". */
  readonly what: string;
}

/** Beyond this, more of the same helps nobody. */
const MOST = 20;

/** Remarks about a part -> remarks about the whole that has it under `step`. */
export function below(step: string, remarks: readonly Remark[]): Remark[] {
  return remarks.map((remark) => ({ ...remark, path: step + remark.path }));
}

/** Many lists of remarks as one, cut where it grows too long. */
export function gather(lists: readonly (readonly Remark[])[]): readonly Remark[] {
  return lists.flat().slice(0, MOST);
}

/** How a property is written after what it belongs to. */
export function propertyStep(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
