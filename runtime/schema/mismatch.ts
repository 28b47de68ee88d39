/** What a validator has against a value -> the one mismatch that helps. */
import type { ErrorObject } from "ajv/dist/2020.js";
import type { JsonSchema } from "../manifest.js";
import { isTag } from "./document.js";
import type { Keywords } from "./kinds.js";
import { below, depthOf, placeOf } from "./place.js";
import { describeSchema } from "./schema-text.js";

/** Where a value does not fit, and what would. */
export interface Mismatch {
  /** The path inside the value: ".tags[2]"; empty for the value itself. */
  readonly at: string;
  readonly expected: string;
  readonly found: unknown;
}

/** One thing that does not fit; where it was to fit one of many, why it fits none of them, in their order. */
interface Failure {
  readonly pointer: string;
  readonly schema: JsonSchema;
  readonly branches: readonly Failure[];
}

/** A refused value and the document that refused it. */
interface Refused {
  readonly value: unknown;
  readonly document: Keywords;
}

/** Ajv's errors, as it gives them when it stops at the first -> what to tell. */
export function mismatchOf(errors: readonly ErrorObject[], refused: Refused): Mismatch {
  const { pointer, schema } = told(grouped(errors), refused);
  return { ...placeOf(pointer, refused.value), expected: describeSchema(schema) };
}

/** A union's error comes after one of each branch. */
function grouped(errors: readonly ErrorObject[]): Failure {
  const open: Failure[] = [];
  for (const error of errors) {
    const count = error.keyword === "anyOf" ? (error.schema as readonly JsonSchema[]).length : 0;
    const branches = open.splice(open.length - count, count);
    open.push({ ...failureOf(error), branches });
  }
  return open.at(-1)!;
}

function failureOf({ keyword, instancePath, params, parentSchema }: ErrorObject): Omit<Failure, "branches"> {
  const schema = parentSchema as Keywords;
  if (keyword === "required") {
    const { properties = {} } = schema as ObjectWords;
    const name: string = params.missingProperty;
    return { pointer: below(instancePath, name), schema: properties[name] ?? true };
  }
  if (keyword === "items") return { pointer: below(instancePath, params.limit), schema: false };
  return { pointer: instancePath, schema };
}

/** In a union, what is wrong inside the branch that was meant; the union itself where the value is like none of them. */
function told(failure: Failure, refused: Refused): Failure {
  const { branches, pointer, schema } = failure;
  const alternatives = branches
    .map((branch, i) => ({ branch: told(branch, refused), tags: tagsOf(alternative(schema, i), refused.document) }))
    .filter(({ branch }) => depthOf(branch.pointer) > depthOf(pointer));
  if (alternatives.length === 0) return failure;
  const { found } = placeOf(pointer, refused.value);
  const meant = alternatives.filter(({ tags }) => tags.every((tag) => carries(found, tag)));
  const tags = alternatives.flatMap((each) => each.tags);
  const wrong = meant.length === 0 && wrongTag(tags, found);
  if (wrong) return { pointer: below(pointer, wrong.name), schema: wrong.schema, branches: [] };
  return deepest((meant.length > 0 ? meant : alternatives).map(({ branch }) => branch));
}

function deepest([first, ...others]: readonly Failure[]): Failure {
  return others.reduce((best, each) => (depthOf(each.pointer) > depthOf(best.pointer) ? each : best), first!);
}

interface ObjectWords {
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
}

/** A property that is there with one of a few values, by which the branches of a union are told apart. */
interface Tag {
  readonly name: string;
  readonly schema: Keywords;
}

function alternative(union: JsonSchema, index: number): JsonSchema {
  return (union as { readonly anyOf: readonly JsonSchema[] }).anyOf[index]!;
}

function tagsOf(branch: JsonSchema, document: Keywords): readonly Tag[] {
  if (typeof branch === "boolean") return [];
  if (typeof branch.$ref === "string") {
    const definitions = document.$defs as Readonly<Record<string, JsonSchema>>;
    return tagsOf(definitions[branch.$ref.slice("#/$defs/".length)] ?? true, document);
  }
  const { properties = {}, required = [] } = branch as ObjectWords;
  return Object.entries(properties).flatMap(([name, schema]) =>
    isTag(schema) && required.includes(name) ? { name, schema } : [],
  );
}

function carries(value: unknown, { name, schema }: Tag): boolean {
  const found: unknown = Reflect.get(Object(value), name);
  return "const" in schema ? found === schema.const : (schema.enum as readonly unknown[]).includes(found);
}

/** The first tag that is right in no branch, with all that would be. */
function wrongTag(tags: readonly Tag[], value: unknown): Tag | undefined {
  const names = new Set(tags.map(({ name }) => name));
  const same = [...names].map((name) => tags.filter((tag) => tag.name === name));
  const wrong = same.find((each) => !each.some((tag) => carries(value, tag)));
  return wrong && { name: wrong[0]!.name, schema: { anyOf: wrong.map(({ schema }) => schema) } };
}
