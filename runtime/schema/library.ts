/** Ajv, which does the judging, and the three keywords it is taught. */
import { createRequire as requireFrom } from "node:module";
import type { Ajv2020, CodeKeywordDefinition, KeywordCxt } from "ajv/dist/2020.js";
import { kindOf } from "./kinds.js";

type Library = typeof import("ajv/dist/2020.js");

let loaded: Library | undefined;

/** A compiler of schemas. Ajv is loaded for the first: it weighs half as much as all else that `tqc` imports. */
export function createCompiler(options: { readonly ownProperties: boolean }): Ajv2020 {
  loaded ??= load();
  const ajv = new loaded.Ajv2020({
    ...options,
    // The compiler wrote the schemas, so nothing is checked against the meta schema; what Ajv does not know, it refuses.
    meta: false,
    validateSchema: false,
    strictSchema: true,
    allowMatchingProperties: true,
    strictNumbers: false,
    strictTypes: false,
    strictTuples: false,
    // Errors carry their schema, and our own words.
    verbose: true,
    messages: false,
    logger: false,
  });
  // No keyword asks what others have seen of a value; with the books kept, a union takes twice as long.
  ajv.opts.unevaluated = false;
  ajv.addVocabulary(["literal", "name"]);
  for (const keyword of keywords(loaded)) ajv.addKeyword(keyword);
  return ajv;
}

/** A bundler follows the first line and puts Ajv where that line runs; node's own modules have no `require`. */
function load(): Library {
  try {
    return require("ajv/dist/2020.js");
  } catch {
    return requireFrom(import.meta.url)("ajv/dist/2020.js");
  }
}

function keywords({ _ }: Library): CodeKeywordDefinition[] {
  return [
    {
      keyword: "x-tqc",
      schemaType: "string",
      code(context) {
        const isKind = context.gen.scopeValue("func", { ref: kindOf(context.parentSchema) });
        context.fail(_`!${isKind}(${context.data})`);
      },
    },
    {
      // Of a Map or a Set: the list of its entries.
      keyword: "entries",
      schemaType: "object",
      code(context: KeywordCxt) {
        const valid = context.gen.name("valid");
        const data = context.gen.const("entries", _`Array.from(${context.data})`);
        context.subschema({ keyword: "entries", data }, valid);
        context.ok(valid);
      },
    },
    {
      // Of a value that may be undefined.
      keyword: "present",
      schemaType: ["object", "boolean"],
      code(context: KeywordCxt) {
        const valid = context.gen.let("valid", true);
        context.gen.if(_`${context.data} !== undefined`, () => context.subschema({ keyword: "present" }, valid));
        context.ok(valid);
      },
    },
  ];
}
