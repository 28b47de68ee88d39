/** Tasks -> the model, which is the manifest. After this, everything is plain text and JSON. */
import type { Manifest, Parameter, TaskContract } from "../runtime/manifest.js";
import type { Texts } from "../templates/tasks.js";
import { byText } from "./diagnostic.js";
import { isExactAsJson } from "./model/codec.js";
import { closed } from "./model/definitions.js";
import { fingerprintOf } from "./model/fingerprint.js";
import type { Found, FoundParameter, Scanned } from "./scan/found.js";
import { builderOf, nameOf } from "./task-name.js";

/** The manifest, and beside it the type texts that only the generated module needs. */
export interface Model {
  readonly manifest: Manifest;
  readonly texts: ReadonlyMap<string, Texts>;
}

/** Models what was found. */
export function model({ tasks, entries }: Scanned): Model {
  const sorted = [...tasks].sort((a, b) => byText(nameOf(a), nameOf(b)));
  const all = sorted.map((found) => modelled(found, entries));
  return {
    manifest: { version: 1, tasks: Object.fromEntries(all.map(({ contract }) => [contract.name, contract])) },
    texts: new Map(all.map(({ contract, texts }) => [contract.name, texts])),
  };
}

interface Modelled {
  readonly contract: TaskContract;
  readonly texts: Texts;
}

const known = new WeakMap<Found, Modelled>();

/** While a project is watched, most tasks are found once and modelled many times. */
function modelled(found: Found, entries: Scanned["entries"]): Modelled {
  const one = known.get(found) ?? { contract: contractOf(found, entries), texts: textsOf(found) };
  known.set(found, one);
  return one;
}

function contractOf(found: Found, entries: Scanned["entries"]): TaskContract {
  const open = [...found.parameters.map(({ schema }) => schema), found.result.schema];
  const { schemas, definitions } = closed(open, entries);
  const result = schemas.at(-1)!;
  const parameters = found.parameters.map((parameter, i) => parameterOf(parameter, schemas[i]!));
  const name = nameOf(found);
  const hasDefinitions = Object.keys(definitions).length > 0;
  const relied = { name, parameters, result, ...(hasDefinitions && { definitions }) };
  return {
    name,
    module: found.module,
    export: found.export,
    builder: builderOf(found),
    parameters,
    result,
    returns: found.result.text,
    ...(hasDefinitions && { definitions }),
    options: optionsOf(found),
    ...(found.documentation !== "" && { documentation: found.documentation }),
    fingerprint: fingerprintOf(relied),
    codec: isExactAsJson(relied) ? "json" : "superjson",
  };
}

function parameterOf({ name, optional, rest, text }: FoundParameter, schema: Parameter["schema"]): Parameter {
  return { name, ...(optional && { optional }), ...(rest && { rest }), schema, text };
}

function optionsOf(found: Found): TaskContract["options"] {
  const options = new Map(found.options.map(({ key, value }) => [key, value]));
  options.delete("name");
  options.delete("as");
  return Object.fromEntries([...options].filter(([, value]) => value !== undefined).sort(([a], [b]) => byText(a, b)));
}

function textsOf({ parameters, result }: Found): Texts {
  const spread = parameters.findIndex((parameter) => parameter.spread);
  const texts = {
    parameters: parameters.map(({ inline }) => inline),
    result: result.inline,
    promised: result.promised === true,
  };
  return spread < 0 ? texts : { ...texts, spread };
}
