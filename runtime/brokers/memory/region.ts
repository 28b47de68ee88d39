/** Which nodes stand below another, and which of them are running. */
import type { NodeIndex } from "../../messages.js";
import { readRouting } from "../routing.js";
import type { Held, Run, Store } from "./store.js";

/** Every node from `from` to `until`, exclusive, and below those that were replaced; highest first, callbacks left out. */
export function regionOf(run: Run, [from, until]: readonly [from: NodeIndex, until: NodeIndex]): NodeIndex[] {
  const found = new Set<NodeIndex>();
  const pending: (readonly [NodeIndex, NodeIndex])[] = [[from, Math.min(until, run.next)]];
  for (let range = pending.pop(); range; range = pending.pop()) {
    for (let index = range[0]; index < range[1]; index++) {
      if (found.has(index) || isCallback(run, index)) continue;
      found.add(index);
      const below = run.below.get(index);
      if (below) pending.push(below);
    }
  }
  return [...found].sort((a, b) => b - a);
}

/** Whether a node belongs to a callback. */
export function isCallback(run: Run, index: NodeIndex): boolean {
  return run.callbacks.some(([first, last]) => first <= index && index <= last);
}

/** A leased node, as its worker holds it. */
export interface HeldNode extends Held {
  readonly worker: string;
  readonly ticket: string;
}

/** The nodes of a run that are leased. */
export function heldNodes(store: Store, run: string): ReadonlyMap<NodeIndex, HeldNode> {
  const found = new Map<NodeIndex, HeldNode>();
  for (const [worker, held] of store.held) {
    for (const [ticket, { text, since }] of held) {
      if (text.startsWith(`${run} `)) found.set(readRouting(text).index, { worker, ticket, text, since });
    }
  }
  return found;
}
