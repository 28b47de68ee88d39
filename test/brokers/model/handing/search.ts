/** Every world that a scenario can come to, each once, and every step between them. */
import { createHash } from "node:crypto";
import type { Databases } from "./database.js";
import { prospectsOf } from "./prospects.js";
import { isOver, wrongAtEnd, wrongIn, wrongShadows } from "./rules.js";
import { type Step, written } from "./steps.js";
import { viewOf } from "./view.js";
import { type Scenario, World } from "./world.js";

/** What was found. */
export interface Searched {
  readonly states: number;
  readonly transitions: number;
  readonly ends: number;
  /** Steps of the longest way. */
  readonly depth: number;
  /** Nothing was left out: neither by the bound on the steps of a way, nor by that on states. */
  readonly complete: boolean;
}

export interface Bounds {
  readonly depth: number;
  readonly states: number;
}

/** A look into a loop's head takes long: one world in so many. */
const SAMPLE = 40;

interface Node {
  readonly id: number;
  readonly from?: Node;
  readonly by?: Step;
  readonly depth: number;
}

interface Frame {
  readonly node: Node;
  readonly steps: readonly Step[];
}

export async function search(scenario: Scenario, databases: Databases, bounds: Bounds): Promise<Searched> {
  return new Search(scenario, databases, bounds).run();
}

class Search {
  readonly #scenario: Scenario;
  readonly #databases: Databases;
  readonly #bounds: Bounds;
  readonly #ids = new Map<string, number>();
  readonly #inward: number[][] = [];
  readonly #nodes: Node[] = [];
  readonly #ends: number[] = [];
  readonly #cut = new Set<number>();
  /** Worlds from which something can still be found, in the order they were come to: so the ways are shortest. */
  readonly #open: Frame[] = [];
  #transitions = 0;
  #depth = 0;

  constructor(scenario: Scenario, databases: Databases, bounds: Bounds) {
    this.#scenario = scenario;
    this.#databases = databases;
    this.#bounds = bounds;
  }

  async run(): Promise<Searched> {
    const world = await World.begin(this.#scenario, this.#databases);
    this.#enter(ROOT, world, digest(viewOf(world)));
    for (const { node, steps } of this.#open) {
      for (const step of steps) {
        const world = await this.#goTo(node);
        await world.take(step);
        this.#follow(node, step, world);
      }
    }
    return this.#finish();
  }

  /** Worlds cannot be copied: one is made anew for every step, and led the same way. */
  async #goTo(node: Node): Promise<World> {
    const world = await World.begin(this.#scenario, this.#databases);
    for (const step of traceTo(node)) await world.take(step);
    if (this.#ids.get(digest(viewOf(world))) !== node.id) demand(node, ["the same steps lead elsewhere"]);
    return world;
  }

  #follow(from: Node, by: Step, world: World): void {
    this.#transitions += 1;
    const view = digest(viewOf(world));
    const known = this.#ids.get(view);
    if (known !== undefined) {
      this.#inward[known]?.push(from.id);
      return;
    }
    const node = { id: this.#nodes.length, from, by, depth: from.depth + 1 };
    this.#enter(node, world, view);
    this.#inward[node.id]?.push(from.id);
  }

  #enter(node: Node, world: World, view: string): void {
    this.#ids.set(view, node.id);
    this.#nodes.push(node);
    this.#inward.push([]);
    this.#depth = Math.max(this.#depth, node.depth);
    demand(node, wrongIn(world));
    if (node.id % SAMPLE === 0) demand(node, wrongShadows(world));
    if (isOver(world)) {
      this.#ends.push(node.id);
      demand(node, wrongAtEnd(world));
    }
    const steps = isOver(world) ? [] : prospectsOf(world);
    if (!isOver(world) && steps.length === 0) demand(node, ["nothing can happen any more"]);
    const bounded = node.depth >= this.#bounds.depth || this.#nodes.length >= this.#bounds.states;
    if (steps.length === 0) return;
    if (bounded) this.#cut.add(node.id);
    else this.#open.push({ node, steps });
  }

  /** From every world an end can be reached, or the bound. */
  #finish(): Searched {
    const ending = new Set([...this.#ends, ...this.#cut]);
    const open = [...ending];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const before of this.#inward[id] ?? []) {
        if (ending.has(before)) continue;
        ending.add(before);
        open.push(before);
      }
    }
    const stuck = this.#nodes.find(({ id }) => !ending.has(id));
    if (stuck) demand(stuck, ["it can never end"]);
    return {
      states: this.#nodes.length,
      transitions: this.#transitions,
      ends: this.#ends.length,
      depth: this.#depth,
      complete: this.#cut.size === 0,
    };
  }
}

const ROOT: Node = { id: 0, depth: 0 };

function traceTo(node: Node): Step[] {
  const steps: Step[] = [];
  for (let each: Node | undefined = node; each?.by; each = each.from) steps.push(each.by);
  return steps.reverse();
}

function demand(node: Node, wrong: readonly string[]): void {
  if (wrong.length > 0) throw new Error(`${wrong.join("\n")}\nafter: ${traceTo(node).map(written).join(", ")}`);
}

function digest(view: string): string {
  return createHash("sha1").update(view).digest("base64");
}
