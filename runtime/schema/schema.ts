/** JSON Schema -> a function that checks a value, for the vocabulary that manifests use (docs/manifest.md) and `x-tqc`. */
import type { ValidateFunction } from "ajv/dist/2020.js";
import { ConfigurationError } from "../errors.js";
import type { JsonSchema } from "../manifest.js";
import { documentOf, namesInherited } from "./document.js";
import { type Keywords, kindOf } from "./kinds.js";
import { createCompiler } from "./library.js";
import { type Mismatch, mismatchOf } from "./mismatch.js";
import { describeSchema } from "./schema-text.js";

/** Undefined where the value fits. */
export type Check = (value: unknown) => Mismatch | undefined;

/** What a schema stands in. */
export interface Surroundings {
  /** Schemas by name, for `#/$defs/Name`. */
  readonly definitions?: { readonly [name: string]: JsonSchema } | undefined;
  /** Whose schema it is, for messages: "tasks.math.add: the schema of 'x'". */
  readonly owner: string;
}

/** Schema -> check. What one look at the value decides is decided here; all else by Ajv, compiled at the first value. */
export function compileSchema(schema: JsonSchema, surroundings: Surroundings): Check {
  if (schema === true) return () => undefined;
  const test = glance(schema);
  if (test) return (value) => (test(value) ? undefined : { at: "", expected: describeSchema(schema), found: value });
  let check: Check | undefined;
  return (value) => {
    check ??= compiled(schema as Keywords, surroundings);
    return check(value);
  };
}

/** Schemas that tell nothing about the inside of a value. Tasks that have no others never load Ajv. */
function glance(schema: JsonSchema): ((value: unknown) => boolean) | undefined {
  if (typeof schema === "boolean") return () => schema;
  if ("x-tqc" in schema) return schema["x-tqc"] === "Map" || schema["x-tqc"] === "Set" ? undefined : kindOf(schema);
  if (Object.keys(schema).length > 1) return undefined;
  switch (schema.type) {
    case "string":
      return (value) => typeof value === "string";
    case "number":
      return (value) => typeof value === "number";
    case "boolean":
      return (value) => typeof value === "boolean";
    case "null":
      return (value) => value === null;
  }
  return undefined;
}

function compiled(schema: Keywords, { definitions = {}, owner }: Surroundings): Check {
  const document = documentOf(schema, definitions);
  const validate = validator(document, owner);
  return (value) => {
    try {
      if (validate(value)) return undefined;
      return mismatchOf(validate.errors ?? [], { value, document });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // A cyclic value walks round for ever; it could not travel either.
      return { at: "", expected: "without cycles and not nested so deeply", found: value };
    } finally {
      validate.errors = null;
    }
  };
}

function validator(document: Keywords, owner: string): ValidateFunction {
  try {
    return createCompiler({ ownProperties: namesInherited(document) }).compile(document);
  } catch (error) {
    throw new ConfigurationError(`${owner} ${complaint(error)}`, { cause: error });
  }
}

function complaint(error: unknown): string {
  if (error instanceof EvalError) {
    return (
      "is compiled to a function when it is first needed, but this process forbids code that is made from text: " +
      "start node without --disallow-code-generation-from-strings"
    );
  }
  return `cannot be used: ${error instanceof Error ? error.message : String(error)}; write the manifest anew with \`tqc build\``;
}
