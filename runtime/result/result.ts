/** Handles: what `delay` gives, and what `app.result(id)` opens again anywhere. */

import type { Clock } from "../clock.js";
import type { NodeIndex, OutcomeText, TaskState } from "../messages.js";
import { readOutcome } from "../wire.js";
import { endValue } from "./ended.js";
import { followMembers, followProgress } from "./following.js";
import { readInSlices } from "./outcomes.js";
import { Patience, type WaitOptions } from "./patience.js";
import type { RunView } from "./run-view.js";
import { infoOf, type Progress, stateOf, type TaskInfo } from "./task-info.js";
import { waitFor } from "./waiting.js";

/** A node of a run: where a handle points. */
export interface Target {
  readonly view: RunView;
  readonly index: NodeIndex;
  /** The handle stands for the whole run, not for this one node of it. */
  readonly whole: boolean;
}

/** Makes a handle's node from its id when it is first asked for: most handles are only ever passed over. */
export interface Nearby {
  targetOf(id: string): Target;
}

/** Finds a handle's node by its id. */
export interface Locate {
  readonly clock: Clock;
  /** `certain` where the broker knows it; else it is asked again next time. */
  find(): Promise<Target & { readonly certain: boolean }>;
}

/** What a first look at the broker is given, however little time there is: `timeout: 0` asks whether it has ended. In ms. */
const FIRST_LOOK = 500;

/** The result of a task or a canvas, whether or not it is there yet. */
export class AsyncResult<out T> {
  /** By this `app.result` opens it again, in any process. */
  readonly id: string;
  #place: Target | Nearby | Locate;
  #outcome: OutcomeText | undefined;

  /** Handles come from `delay`, `applyAsync` and `app.result`. */
  constructor(id: string, place: Target | Nearby | Locate) {
    this.id = id;
    this.#place = place;
  }

  /** The value, once it is there; rejects with why it never will be. Keeps the process alive meanwhile. */
  async get(options: WaitOptions = {}): Promise<T> {
    const text = this.#outcome ?? (await this.#wait(options));
    const { view, index } = await this.target();
    return (await endValue(view, index, text)) as T;
  }

  /** Where it is now. */
  async state(): Promise<TaskState> {
    const text = await this.outcome();
    if (text !== undefined) return readOutcome(text).state;
    const { view, index } = await this.target();
    return stateOf(await view.inspect(), index);
  }

  /** Whether it has ended, in whatever way. */
  async ready(): Promise<boolean> {
    return (await this.outcome()) !== undefined;
  }

  /** Whether it has ended with a value. */
  async successful(): Promise<boolean> {
    return (await this.state()) === "SUCCESS";
  }

  /** Whether it has ended without a value: it failed, or was revoked. */
  async failed(): Promise<boolean> {
    const state = await this.state();
    return state === "FAILURE" || state === "REVOKED";
  }

  /** All that is known of it now. */
  async info(): Promise<TaskInfo> {
    const { view, index } = await this.target();
    return { ...(await infoOf(view, index)), id: this.id };
  }

  /** What the task reports of itself, from now until it has ended. */
  get progress(): AsyncIterable<Progress> {
    return { [Symbol.asyncIterator]: () => this.#progress() };
  }

  /** Ends it: nothing that has not started will. With `terminate`, what runs is told by its signal and its outcome is dropped. */
  async revoke({ terminate = false }: { readonly terminate?: boolean } = {}): Promise<void> {
    const { view, index, whole } = await this.target();
    const broker = await view.desk.broker();
    await broker.cancel({ run: view.run, ...(!whole && { index }), terminate });
  }

  /** Removes the finished run it belongs to, with every result in it. */
  async forget(): Promise<void> {
    const { view } = await this.target();
    this.#outcome = undefined;
    view.desk.inbox.forget(view.run);
    await (await view.desk.broker()).forget(view.run);
  }

  /** Reads the run's structure, which `parent`, `children` and `results` of a re-opened handle come from. */
  async load(): Promise<this> {
    const { view } = await this.target();
    await view.load();
    return this;
  }

  /** The step before it. A re-opened handle has to be loaded first. */
  get parent(): AsyncResult<unknown> | undefined {
    const { view, index } = this.loaded();
    const parent = view.family.parent(index);
    return parent === undefined ? undefined : handleOf(view, parent);
  }

  /** Of a run: its nodes. Of a node: what its end starts. A re-opened handle has to be loaded first. */
  get children(): readonly AsyncResult<unknown>[] {
    const { view, index, whole } = this.loaded();
    const nodes = whole ? [...view.shape.keys()] : view.family.children(index);
    return nodes.map((node) => handleOf(view, node));
  }

  /** The node it stands for; found by id, where it was opened by one. */
  protected async target(): Promise<Target> {
    const place = this.#place;
    if (!("find" in place)) return this.loaded();
    const { certain, ...target } = await place.find();
    if (certain) this.#place = target;
    return target;
  }

  /** The node it stands for, where that is known already. */
  protected loaded(): Target {
    const place = this.#place;
    if ("find" in place) {
      throw new TypeError(
        `this handle was opened by its id, ${this.id}: await handle.load() before you read its relations`,
      );
    }
    const target = "targetOf" in place ? place.targetOf(this.id) : place;
    this.#place = target;
    return target;
  }

  /** Its outcome, if it has ended. Kept, since it never changes. */
  protected async outcome(): Promise<OutcomeText | undefined> {
    if (this.#outcome !== undefined) return this.#outcome;
    const { view, index } = await this.target();
    [this.#outcome] = await view.read([index]);
    return this.#outcome;
  }

  async #wait(options: WaitOptions): Promise<OutcomeText> {
    const place = "find" in this.#place ? this.#place : this.loaded();
    const clock = "find" in place ? place.clock : place.view.desk.clock;
    const patience = new Patience({ id: this.id, clock }, options);
    const { view, index } = "find" in place ? await patience.during(() => this.target(), FIRST_LOOK) : place;
    // Where waiting means a subscription of its own, it is worth a look whether that is needed.
    const ended = view.isOwn(index) ? undefined : await patience.during(() => this.outcome(), FIRST_LOOK);
    if (ended !== undefined) return ended;
    this.#outcome = await waitFor(
      {
        id: this.id,
        clock,
        read: () => this.outcome(),
        isGone: () => view.isGone(),
        listen: (heard) => view.listen(index, heard),
      },
      patience,
    );
    return this.#outcome;
  }

  async *#progress(): AsyncGenerator<Progress> {
    const { view, index } = await this.target();
    yield* followProgress(view, index);
  }
}

/** The result of a group, or of a canvas that ends in one: a list, and a handle for each of its members. */
export class GroupResult<out T extends readonly unknown[]> extends AsyncResult<T> {
  /** A handle for each member, in the order written. A re-opened handle has to be loaded first. */
  get results(): { readonly [K in keyof T]: AsyncResult<T[K]> } {
    const { view, index } = this.loaded();
    const handles: readonly AsyncResult<unknown>[] = membersOf(view, index).map((member) => handleOf(view, member));
    return handles as unknown as { readonly [K in keyof T]: AsyncResult<T[K]> };
  }

  /** How many members have ended. */
  async completedCount(): Promise<number> {
    const { view, members } = await this.#members();
    const outcomes = await readInSlices(members, view);
    return outcomes.filter((outcome) => outcome !== undefined).length;
  }

  /** Celery's word for {@link AsyncResult.get}. */
  join(options: WaitOptions = {}): Promise<T> {
    return this.get(options);
  }

  /** Whether every member has ended; a group may have failed before. */
  override async ready(): Promise<boolean> {
    const { view, index } = await this.target();
    if (view.shape.size === 0) await view.load();
    const members = view.family.members(index);
    if (!members || !(await super.ready())) return super.ready();
    return (await this.completedCount()) === members.length;
  }

  /** Each member's place and value as it ends. Failures are thrown after the other members' values. */
  async *[Symbol.asyncIterator](): AsyncGenerator<[index: number, value: T[number]], void, undefined> {
    const { view, members } = await this.#members();
    for await (const [position, value] of followMembers(view, members)) yield [position, value as T[number]];
  }

  async #members(): Promise<{ readonly view: RunView; readonly members: readonly NodeIndex[] }> {
    const { view, index } = await this.target();
    await view.load();
    return { view, members: membersOf(view, index) };
  }
}

function membersOf(view: RunView, index: NodeIndex): readonly NodeIndex[] {
  const members = view.family.members(index);
  if (members) return members;
  const node = view.shape.get(index);
  throw new TypeError(
    `${view.idOf(index)} is ${node ? "the result of one task" : "not known to be a group"}: it has no members`,
  );
}

/** A node's own handle. */
export function handleOf(view: RunView, index: NodeIndex): AsyncResult<unknown> {
  const target = { view, index, whole: false };
  return view.family.members(index)
    ? new GroupResult(view.idOf(index), target)
    : new AsyncResult(view.idOf(index), target);
}
