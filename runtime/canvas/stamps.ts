/**
 * Stampers -> stamps. A tree is walked once; each stamper above a call is a layer, outermost first, and the merged layers
 * are the call's stamps, so the innermost wins and the order of `link` and `stamp` cannot matter.
 */

import type { Stamps } from "../messages.js";
import { mapMembers } from "./bind.js";
import type { CallTree, ChainTree, ChordTree, GroupTree, Stamper, Tree } from "./tree.js";

/** A visitor, as the walk sees it: each hook may be absent, and may reply with stamps. */
type Hook =
  | "onSignature"
  | "onCallback"
  | "onErrback"
  | "onChordBody"
  | `on${"Chain" | "Group" | "ChordHeader"}${"Start" | "End"}`;

/** A stamper, and what it has said of the composites around the place the walk has come to. */
interface Layer {
  readonly visitor?: Stamper;
  readonly stamps: Stamps;
}

/** The walk: the tree -> signature a hook is shown, and what is asked of the layers. */
export class Walk {
  readonly #show: (tree: Tree) => unknown;

  constructor(show: (tree: Tree) => unknown) {
    this.#show = show;
  }

  /** An equal tree in which each call has at most one stamper, a plain record, and no composite has any. */
  resolve(tree: Tree, above: readonly Layer[] = []): Tree {
    const layers = [...above, ...tree.stampers.map(layerOf)];
    switch (tree.kind) {
      case "call":
        return this.#call(tree, layers);
      case "chain":
        return this.#chain(tree, layers);
      case "group":
        return this.#group(tree, layers);
      case "chord":
        return this.#chord(tree, layers);
    }
  }

  #call(tree: CallTree, layers: readonly Layer[]): CallTree {
    const hung = this.#callbacks(tree, layers);
    const stamps = merged(this.#told(layers, "onSignature", tree));
    return { ...tree, ...hung, stampers: Object.keys(stamps).length > 0 ? [stamps] : [] };
  }

  #chain(tree: ChainTree, layers: readonly Layer[]): Tree {
    const inside = this.#told(layers, "onChainStart", tree);
    const hung = this.#callbacks(tree, layers);
    const steps = tree.steps.map((step) => this.resolve(step, inside));
    const last = this.#ended(layers, "onChainEnd", tree);
    return { ...tree, ...hung, stampers: [], steps: steps.map((step) => beneath(step, last)) };
  }

  #group(tree: GroupTree, layers: readonly Layer[]): GroupTree {
    const inside = this.#told(layers, "onGroupStart", tree);
    const hung = this.#callbacks(tree, layers);
    const members = mapMembers(tree.members, (member) => this.resolve(member, inside));
    const last = this.#ended(layers, "onGroupEnd", tree);
    return { ...tree, ...hung, stampers: [], members: mapMembers(members, (member) => beneath(member, last)) };
  }

  #chord(tree: ChordTree, layers: readonly Layer[]): Tree {
    const inHeader = this.#told(layers, "onChordHeaderStart", tree);
    const hung = this.#callbacks(tree, layers);
    const header = this.resolve(tree.header, inHeader);
    const last = this.#ended(layers, "onChordHeaderEnd", tree);
    const body = this.resolve(tree.body, this.#told(layers, "onChordBody", tree));
    return { ...tree, ...hung, stampers: [], header: beneath(header, last) as GroupTree, body };
  }

  #callbacks(tree: Tree, layers: readonly Layer[]): Pick<Tree, "links" | "errbacks"> {
    return {
      links: tree.links.map((link) => this.resolve(link, this.#told(layers, "onCallback", link))),
      errbacks: tree.errbacks.map((errback) => this.resolve(errback, this.#told(layers, "onErrback", errback))),
    };
  }

  /** The layers, each with what its visitor says of this tree on top of what it said before. */
  #told(layers: readonly Layer[], hook: Hook, tree: Tree): readonly Layer[] {
    return layers.map((layer) =>
      layer.visitor ? { ...layer, stamps: { ...layer.stamps, ...this.#ask(layer.visitor, hook, tree) } } : layer,
    );
  }

  #ended(layers: readonly Layer[], hook: Hook, tree: Tree): Stamps {
    return Object.assign({}, ...layers.map(({ visitor }) => visitor && this.#ask(visitor, hook, tree)));
  }

  #ask(visitor: Stamper, hook: Hook, tree: Tree): Stamps {
    const { [hook]: said } = visitor as { readonly [Name in Hook]?: (signature: unknown) => unknown };
    return checked(said?.call(visitor, this.#show(tree)) ?? {}, hook);
  }
}

/** Whether a stamper has to be asked. */
export function isVisitor(stamper: Stamper): boolean {
  return (
    typeof stamper === "object" &&
    stamper !== null &&
    "onSignature" in stamper &&
    typeof stamper.onSignature === "function"
  );
}

/** Whether anything in a tree may carry stamps: what an async iterable gives is not known before it is read. */
export function hasStampers(tree: Tree): boolean {
  if (tree.stampers.length > 0 || (tree.kind === "group" && !Array.isArray(tree.members))) return true;
  return below(tree).some(hasStampers);
}

/** Whether any stamper of a tree has to be asked. Members of an async iterable are not looked at. */
export function hasVisitor(tree: Tree): boolean {
  return tree.stampers.some(isVisitor) || below(tree).some(hasVisitor);
}

function below(tree: Tree): readonly Tree[] {
  const callbacks = tree.errbacks.length === 0 ? tree.links : [...tree.links, ...tree.errbacks];
  switch (tree.kind) {
    case "call":
      return callbacks;
    case "chain":
      return [...callbacks, ...tree.steps];
    case "group":
      return Array.isArray(tree.members) ? [...callbacks, ...tree.members] : callbacks;
    case "chord":
      return [...callbacks, tree.header, tree.body];
  }
}

/** A record of stamps, or a TypeError that says which stamp is none. */
export function checked(stamps: unknown, where: string): Stamps {
  if (typeof stamps !== "object" || stamps === null || Array.isArray(stamps)) {
    throw new TypeError(`${where}: stamps are a record such as { requestId: "r1" }; found ${String(stamps)}`);
  }
  for (const [key, value] of Object.entries(stamps)) {
    if (isPlain(value) || (Array.isArray(value) && value.every(isPlain))) continue;
    throw new TypeError(
      `${where}: the stamp "${key}" is ${String(value)}; a stamp is text, a number, a boolean, or a list of them`,
    );
  }
  return stamps as Stamps;
}

function isPlain(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function layerOf(stamper: Stamper): Layer {
  return isVisitor(stamper) ? { visitor: stamper, stamps: {} } : { stamps: stamper as Stamps };
}

function merged(layers: readonly Layer[]): Stamps {
  return Object.assign({}, ...layers.map(({ stamps }) => stamps));
}

/** Stamps that were told when a composite had been walked: they reach what is below, where nothing else is said. */
function beneath(tree: Tree, stamps: Stamps): Tree {
  return Object.keys(stamps).length === 0
    ? tree
    : new Walk(() => undefined).resolve({
        ...tree,
        stampers: tree.kind === "call" ? [stamps, ...tree.stampers] : [stamps],
      });
}
