import type { JsonSchema, Parameter, TaskContract } from "../../runtime/manifest.js";

/** "x: number" and a schema -> what the compiler would have written; `?` and `...` as in a signature. */
export function parameter(text: string, schema: JsonSchema): Parameter {
  const name = /^(?:\.\.\.)?(\w+)/.exec(text)?.[1] ?? text;
  return {
    name,
    schema,
    text,
    ...(text.includes("?:") && { optional: true }),
    ...(text.startsWith("...") && { rest: true }),
  };
}

/** A contract as the compiler would have written it. */
export function contract(
  name: string,
  parameters: readonly Parameter[],
  rest: Partial<TaskContract> = {},
): TaskContract {
  return {
    name,
    module: "tasks.ts",
    export: name.split(".").at(-1) ?? name,
    builder: name.split(".").at(-1) ?? name,
    parameters,
    result: true,
    returns: "unknown",
    options: {},
    fingerprint: `${name}-1`,
    codec: "superjson",
    ...rest,
  };
}

export const number: JsonSchema = { type: "number" };
export const text: JsonSchema = { type: "string" };
