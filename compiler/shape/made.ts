/** What becomes of a type. */
import type { JsonSchema } from "../../runtime/manifest.js";
import type { Remark, RemarkKind } from "./remark.js";

/** A type's schema, and what there is to remark about it. */
export interface Shape {
  readonly schema: JsonSchema;
  readonly remarks: readonly Remark[];
}

/** A shape without remarks. */
export function plain(schema: JsonSchema): Shape {
  return { schema, remarks: [] };
}

/** A shape with one remark about the whole of it. */
export function remarked(kind: RemarkKind, what: string, schema: JsonSchema = true): Shape {
  return { schema, remarks: [{ path: "", kind, what }] };
}
