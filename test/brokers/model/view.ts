/** A state as a text: states of which the text is the same go on in the same ways. */
import type { Schedule } from "../../../runtime/brokers/memory/schedule.js";
import type { Run, Store } from "../../../runtime/brokers/memory/store.js";
import type { NodeIndex } from "../../../runtime/messages.js";
import { brief } from "../texts.js";
import { RUN } from "./canvases.js";
import type { Worker } from "./game.js";
import type { State } from "./state.js";

/** Things of which the order makes no difference, each as a text; within a thing, a further list of that kind. */
type Heap = readonly (string | Heap)[];

/** All that matters to what can follow, as a text. Which worker is which makes no difference, nor which of those that are alike. */
export function viewOf(state: State): string {
  const heaps = heapsOf(state);
  const texts = swapsOf(state.game.alike).map((swaps) => heaps.map((heap) => pile(heap, swaps)).join("\x1e"));
  return texts.sort()[0] ?? "";
}

function heapsOf({ store, game, started }: State): Heap[] {
  const now = store.clock.now();
  const due = (schedule: Schedule<unknown>) =>
    [...schedule.entries()].map(({ key, due: at, value }) => `${key} in ${Math.max(0, at - now)}: ${told(value)}`);
  const { crashes, releases, asides, cancelled, replaced, parts } = game;
  return [
    [...store.queues.entries()].map(({ text }) => text),
    due(store.delayed),
    due(store.expiring),
    due(store.opening),
    ...[...store.runs.values()].flatMap(heapsOfRun),
    [...store.results.values()].map((outcome) => brief(outcome) ?? ""),
    [...store.aside.values()].map(({ text, reason, deliveries }) => `${reason} ${deliveries} ${text}`),
    [...store.deliveries].map(([node, count]) => `${node}: ${count}`),
    game.workers.map((worker) => [`${worker.alive}`, heldBy(store, worker)]),
    [...started].map(nodeOf),
    [[crashes, releases, asides, cancelled, replaced, parts.length, store.cancelled.size].join(" ")],
  ];
}

function heapsOfRun({ open, next, outcomes, left, grown, below, revoked, expired }: Run): Heap[] {
  const noted = (map: ReadonlyMap<NodeIndex, unknown>) => [...map].map(([node, value]) => `${nodeOf(node)}: ${value}`);
  return [
    [`${open} of ${next}`],
    // What a call has given is its index, and whoever wants it reads it.
    [...outcomes].map(([node, outcome]) => `${nodeOf(node)}: ${brief(outcome)?.replace(/^SUCCESS "\d+"$/, "SUCCESS")}`),
    noted(left),
    noted(grown),
    noted(below),
    [...revoked].map((node) => (node === "all" ? node : nodeOf(node))),
    [...expired].map(nodeOf),
  ];
}

/** What a worker holds, and how much it was shown behind each. */
function heldBy(store: Store, { name, held }: Worker): string[] {
  const shown = new Map([...held.values()].map(({ ticket, ahead }) => [ticket, ahead?.length ?? 0]));
  return [...(store.held.get(name) ?? [])].map(([ticket, { text }]) => `${text} and ${shown.get(ticket) ?? 0}`);
}

/** As messages and keys write it. */
function nodeOf(index: NodeIndex): string {
  return `${RUN} ${index}`;
}

function told(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Nodes that take each other's place. */
type Swaps = ReadonlyMap<string, string>;

/** A heap as a text, in one order. */
function pile(heap: Heap, swaps: Swaps): string {
  const texts = heap.map((each) => (typeof each === "string" ? swapped(each, swaps) : `[${pile(each, swaps)}]`));
  return texts.sort().join("\x1f");
}

/** Nodes are named where they stand in a message or a key, and where one is referred to. A path says nothing that its index does not. */
function swapped(text: string, swaps: Swaps): string {
  const plain = text.replace(/"path":"[^"]*",?/, "");
  if (swaps.size === 0) return plain;
  const other = (index: string) => swaps.get(index) ?? index;
  return plain
    .replace(/\br (\d+)\b(?: q\d+ )?/g, (_, index: string) => `r ${other(index)} `)
    .replace(/([&!])(\d+)/g, (_, sign: string, index: string) => `${sign}${other(index)}`);
}

const known = new WeakMap<object, Swaps[]>();

/** Every way to give those that are alike each other's place. */
export function swapsOf(alike: readonly (readonly NodeIndex[])[]): Swaps[] {
  const found = known.get(alike);
  if (found) return found;
  const ways = alike.reduce<[string, string][][]>(
    (so, nodes) => so.flatMap((way) => ordersOf(nodes).map((order) => [...way, ...pairs(nodes, order)])),
    [[]],
  );
  const swaps = ways.map((way) => new Map(way));
  known.set(alike, swaps);
  return swaps;
}

function pairs(...[nodes, order]: readonly [readonly NodeIndex[], readonly NodeIndex[]]): [string, string][] {
  return nodes.map((node, i) => [`${node}`, `${order[i]}`]);
}

function ordersOf(nodes: readonly NodeIndex[]): NodeIndex[][] {
  if (nodes.length < 2) return [[...nodes]];
  return nodes.flatMap((first) => ordersOf(nodes.filter((node) => node !== first)).map((rest) => [first, ...rest]));
}
