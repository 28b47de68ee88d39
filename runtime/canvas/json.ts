/** Tree <-> plain data. Arguments travel as codec text, so that nothing is lost; a second trip gives the same bytes. */
import { inspect } from "node:util";
import { decode, encode } from "../codec/codec.js";
import { CodecError } from "../errors.js";
import type { CallMode, JoinPolicy, Stamps } from "../messages.js";
import { checkedOptions } from "./send-options.js";
import type { CallTree, GroupTree, SendOptions, Tree } from "./tree.js";

interface BaseJson {
  readonly options?: SendOptionsJson;
  readonly links?: readonly TreeJson[];
  readonly errbacks?: readonly TreeJson[];
  readonly stamps?: readonly Stamps[];
}

/** Send options, with moments as ISO text. */
type SendOptionsJson = Omit<SendOptions, "eta" | "expires"> & {
  readonly eta?: string;
  readonly expires?: string | number;
};

/** A canvas as plain data. */
export type TreeJson =
  | (BaseJson & CallJson)
  | (BaseJson & { readonly kind: "chain"; readonly steps: readonly TreeJson[] })
  | (BaseJson & GroupJson)
  | (BaseJson & {
      readonly kind: "chord";
      readonly policy: JoinPolicy;
      readonly header: TreeJson;
      readonly body: TreeJson;
    });

interface CallJson {
  readonly kind: "call";
  readonly task: string;
  /** Codec text of the list of bound arguments. */
  readonly args: string;
  readonly mode?: CallMode;
  readonly open?: readonly number[];
  readonly immutable?: true;
}

interface GroupJson {
  readonly kind: "group";
  readonly members: readonly TreeJson[];
}

/** Tree -> plain data. Its visitors must have been asked; an async iterable cannot be written and throws. */
export function toJson(tree: Tree): TreeJson {
  return { ...writeForm(tree), ...writeBase(tree) } as TreeJson;
}

function writeForm(tree: Tree): TreeJson {
  switch (tree.kind) {
    case "call":
      return writeCall(tree);
    case "chain":
      return { kind: "chain", steps: tree.steps.map(toJson) };
    case "group":
      return { kind: "group", members: listed(tree).map(toJson) };
    case "chord":
      return { kind: "chord", policy: tree.policy, header: toJson(tree.header), body: toJson(tree.body) };
  }
}

function writeCall({ task, args, mode, open, immutable }: CallTree): CallJson {
  return {
    kind: "call",
    task,
    args: encode(args),
    ...(mode !== "call" && { mode }),
    ...(open && { open }),
    ...(immutable && { immutable }),
  };
}

function writeBase({ options, links, errbacks, stampers }: Tree): BaseJson {
  return {
    ...(Object.keys(options).length > 0 && { options: writeOptions(options) }),
    ...(links.length > 0 && { links: links.map(toJson) }),
    ...(errbacks.length > 0 && { errbacks: errbacks.map(toJson) }),
    ...(stampers.length > 0 && { stamps: stampers as readonly Stamps[] }),
  };
}

function writeOptions({ eta, expires, ...options }: SendOptions): SendOptionsJson {
  return {
    ...options,
    ...(eta && { eta: eta.toISOString() }),
    ...(expires !== undefined && { expires: expires instanceof Date ? expires.toISOString() : expires }),
  };
}

function listed({ members }: GroupTree): readonly Tree[] {
  if (Array.isArray(members)) return members;
  throw new TypeError(
    "a group over an async iterable cannot be written as JSON: collect its members into a list first",
  );
}

/** Plain data -> tree. Throws CodecError where it was not written by {@link toJson}: it may come from anywhere. */
export function fromJson(json: TreeJson): Tree {
  needKind(json);
  const base = {
    options: checkedOptions(readOptions(json.options ?? {}), () => `the canvas of kind ${json.kind}`),
    links: (json.links ?? []).map(fromJson),
    errbacks: (json.errbacks ?? []).map(fromJson),
    stampers: json.stamps ?? [],
  };
  switch (json.kind) {
    case "call": {
      const { task, args, mode = "call", open, immutable = false } = json;
      return { kind: "call", task, mode, immutable, args: decode(args) as unknown[], ...(open && { open }), ...base };
    }
    case "chain":
      return { kind: "chain", steps: json.steps.map(fromJson), ...base };
    case "group":
      return { kind: "group", members: json.members.map(fromJson), ...base };
    case "chord":
      return {
        kind: "chord",
        policy: json.policy,
        header: fromJson(json.header) as GroupTree,
        body: fromJson(json.body),
        ...base,
      };
  }
}

/** The parts that each kind has, as lists or texts. */
const PARTS: Readonly<Record<TreeJson["kind"], readonly string[]>> = {
  call: ["task", "args"],
  chain: ["steps"],
  group: ["members"],
  chord: ["policy", "header", "body"],
};

function needKind(json: TreeJson): void {
  const { kind } = json ?? {};
  if (!Object.hasOwn(PARTS, kind ?? "")) {
    const known = Object.keys(PARTS).join(", ");
    throw new CodecError(
      `this is no canvas: its kind is ${inspect(kind)}, and there are ${known}; a newer tqc may have written it`,
    );
  }
  const missing = PARTS[kind].find((part) => !(part in json));
  if (missing !== undefined) throw new CodecError(`this is no canvas: a ${kind} has no ${missing}`);
}

const MOMENT = /^\d{4}-\d\d-\d\dT/;

function readOptions({ eta, expires, ...options }: SendOptionsJson): SendOptions {
  return {
    ...options,
    ...(eta !== undefined && { eta: new Date(eta) }),
    ...(expires !== undefined && { expires: readExpires(expires) }),
  };
}

function readExpires(expires: string | number): NonNullable<SendOptions["expires"]> {
  return typeof expires === "string" && MOMENT.test(expires)
    ? new Date(expires)
    : (expires as NonNullable<SendOptions["expires"]>);
}
