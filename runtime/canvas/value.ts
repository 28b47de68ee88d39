/** Signatures at run time: a tree, and where it submits itself. */
import { isDeepStrictEqual } from "node:util";
import { chosenId, newId } from "../ids.js";
import type { AsyncResult } from "../result/result.js";
import { duplicate } from "./duplicate.js";
import { chainTree } from "./flatten.js";
import { type TreeJson, toJson } from "./json.js";
import { checkFit, nameOf, notASignature } from "./misfit.js";
import { defaultOrigin, type Origin } from "./origin.js";
import { checkedArguments, checkedOptions } from "./send-options.js";
import { checked, hasVisitor, isVisitor, Walk } from "./stamps.js";
import type { SendOptions, Stamper, Tree } from "./tree.js";

/** What every signature is underneath. Its types are told by `Signature`. */
class SignatureValue {
  readonly #tree: Tree;
  readonly #origin: Origin | undefined;

  constructor(tree: Tree, origin: Origin | undefined) {
    this.#tree = tree;
    this.#origin = origin;
  }

  static tree(value: unknown): Tree | undefined {
    return isObject(value) && #tree in value ? value.#tree : undefined;
  }

  static origin(value: unknown): Origin | undefined {
    return isObject(value) && #origin in value ? value.#origin : undefined;
  }

  get id(): string | undefined {
    return this.#tree.options.id;
  }

  get kind(): Tree["kind"] {
    return this.#tree.kind;
  }

  get task(): string | undefined {
    return this.#tree.kind === "call" ? this.#tree.task : undefined;
  }

  get args(): readonly unknown[] {
    return this.#tree.kind === "call" ? this.#tree.args : [];
  }

  get options(): SendOptions {
    return this.#tree.options;
  }

  async delay(...args: readonly unknown[]): Promise<AsyncResult<unknown>> {
    return this.#sender().submit(this.#tree, args);
  }

  async applyAsync(args: readonly unknown[] = [], options: SendOptions = {}): Promise<AsyncResult<unknown>> {
    const given = checkedArguments(args, () => this.#where("applyAsync"));
    return this.#sender().submit(this.#with(options, "applyAsync"), given);
  }

  async apply(...args: readonly unknown[]): Promise<unknown> {
    return this.#sender().apply(this.#tree, args);
  }

  set(options: SendOptions): SignatureValue {
    return this.#like(this.#with(options, "set"));
  }

  clone(): SignatureValue {
    return this.#like(duplicate(this.#tree));
  }

  freeze(id: string = newId()): SignatureValue {
    return this.set({ id: chosenId(id) });
  }

  link(callback: unknown): SignatureValue {
    if (this.#tree.kind === "group") throw new TypeError("a group has no link: use chord(group, callback)");
    const tree = needTree(callback, "link");
    checkFit(this.#tree, tree, this.#origin);
    return this.#like({ ...this.#tree, links: withOne(this.#tree.links, tree) });
  }

  linkError(handler: unknown): SignatureValue {
    return this.#like({ ...this.#tree, errbacks: withOne(this.#tree.errbacks, needTree(handler, "linkError")) });
  }

  stamp(stamper: Stamper): SignatureValue {
    return this.#like({
      ...this.#tree,
      stampers: [...this.#tree.stampers, isVisitor(stamper) ? stamper : checked(stamper, "stamp")],
    });
  }

  pipe(next: unknown): SignatureValue {
    const tree = needTree(next, "pipe");
    checkFit(this.#tree, tree, this.#origin);
    return new SignatureValue(chainTree([this.#tree, tree]), this.#origin ?? SignatureValue.origin(next));
  }

  toJSON(): { readonly tqc: 1; readonly canvas: TreeJson } {
    return { tqc: 1, canvas: toJson(hasVisitor(this.#tree) ? this.#stamped() : this.#tree) };
  }

  #stamped(): Tree {
    return new Walk((tree) => new SignatureValue(tree, undefined)).resolve(this.#tree);
  }

  #with(options: SendOptions, method: string): Tree {
    return withOptions(
      this.#tree,
      checkedOptions(options, () => this.#where(method)),
    );
  }

  #where(method: string): string {
    return `${nameOf(this.#tree, this.#origin)}: ${method}`;
  }

  #like(tree: Tree): SignatureValue {
    return new SignatureValue(tree, this.#origin);
  }

  #sender(): Origin {
    return this.#origin ?? defaultOrigin();
  }
}

/** A tree as a signature. The caller says of what type: types are checked where canvases are composed. */
export function signatureOf<S>(tree: Tree, origin: Origin | undefined): S {
  return new SignatureValue(tree, origin) as unknown as S;
}

/** The tree of a signature; undefined where the value is none. */
export function treeOf(value: unknown): Tree | undefined {
  return SignatureValue.tree(value);
}

/** Where a signature submits itself; undefined where the value is none, or knows no application yet. */
export function originOf(value: unknown): Origin | undefined {
  return SignatureValue.origin(value);
}

/** The tree of a signature. Throws a TypeError in the words of the types where the value is none. */
export function needTree(value: unknown, where: string): Tree {
  const tree = treeOf(value);
  if (tree) return tree;
  throw new TypeError(`${where}: ${notASignature(value)}`);
}

/** Options over options; headers are merged by key. */
function withOptions(tree: Tree, options: SendOptions): Tree {
  const headers = { ...tree.options.headers, ...options.headers };
  const merged = { ...tree.options, ...options, ...(Object.keys(headers).length > 0 && { headers }) };
  return { ...tree, options: merged };
}

/** A callback that is there already is not added again. */
function withOne(callbacks: readonly Tree[], callback: Tree): readonly Tree[] {
  const isThere = callbacks.some((each) => isDeepStrictEqual(each, callback));
  return isThere ? callbacks : [...callbacks, callback];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
