/** What the server tells, as signals: one stream, which the browser opens anew whenever it breaks. */
import { batch, signal } from "@preact/signals";
import type { Hello, Parts, RunNews, RunShape, RunStates, Slot, TaskHour } from "../view.js";
import { askHello, Refused } from "./ask.js";

/** Whether the stream is open; undefined before the first word. */
export const connected = signal<boolean | undefined>(undefined);
export const hello = signal<Hello | undefined>(undefined);

/** A part is undefined until it is told of. */
export const parts = {
  health: signal<Parts["health"] | undefined>(undefined),
  queues: signal<Parts["queues"] | undefined>(undefined),
  workers: signal<Parts["workers"] | undefined>(undefined),
  aside: signal<Parts["aside"] | undefined>(undefined),
  schedules: signal<Parts["schedules"] | undefined>(undefined),
  runs: signal<Parts["runs"] | undefined>(undefined),
  recent: signal<Parts["recent"] | undefined>(undefined),
};

/** What was done, by the moment; another map whenever one of them changes. */
export const slots = signal<ReadonlyMap<number, Slot>>(new Map());
export const taskHours = signal<ReadonlyMap<string, TaskHour>>(new Map());

/** The run that the page shows. */
export const run = {
  id: signal<string | undefined>(undefined),
  shape: signal<RunShape | undefined>(undefined),
  states: signal<RunStates | undefined>(undefined),
  /** Why there is nothing to show. */
  unknown: signal<string | undefined>(undefined),
};

/** The time, once a second: what happened "12s ago" moves on. */
export const now = signal(Date.now());
setInterval(() => {
  if (!document.hidden) now.value = Date.now();
}, 1_000);

let source: EventSource | undefined;

/** Opens the stream; with a run, it tells of that as well. */
export function listen(id?: string): void {
  source?.close();
  batch(() => {
    run.id.value = id;
    run.shape.value = run.states.value = run.unknown.value = undefined;
  });
  source = new EventSource(id === undefined ? "api/events" : `api/events?run=${encodeURIComponent(id)}`);
  source.onopen = () => {
    connected.value = true;
  };
  source.onerror = () => {
    connected.value = false;
    // The browser gives up where it was refused; somebody may have restarted the server, or the session has ended.
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => enterAgain(id), 3_000);
  };
  for (const [part, told] of Object.entries(parts)) {
    on(source, part, (value) => {
      told.value = value as never;
    });
  }
  on(source, "slots", (list) => keep(slots, list as Slot[], ({ at }) => at));
  on(source, "tasks", (list) => keep(taskHours, list as TaskHour[], ({ at, task }) => `${at} ${task}`));
  for (const kind of ["shape", "states", "unknown"]) on(source, `run ${kind}`, (news) => tellRun(news as RunNews));
}

/** Where the session has ended, the page is asked for anew, and asks for the token. */
function enterAgain(id: string | undefined): void {
  askHello().then(
    () => listen(id),
    (error: unknown) => (error instanceof Refused && error.status === 401 ? location.reload() : enterLater(id)),
  );
}

function enterLater(id: string | undefined): void {
  setTimeout(() => enterAgain(id), 3_000);
}

function on(from: EventSource, event: string, hear: (value: unknown) => void): void {
  from.addEventListener(event, ({ data }: MessageEvent<string>) => hear(JSON.parse(data)));
}

function keep<Key, Value>(
  told: { value: ReadonlyMap<Key, Value> },
  list: readonly Value[],
  keyOf: (value: Value) => Key,
): void {
  told.value = new Map([...told.value, ...list.map((value) => [keyOf(value), value] as const)]);
}

function tellRun(news: RunNews): void {
  batch(() => {
    run.unknown.value = news.kind === "unknown" ? news.says : undefined;
    if (news.kind === "shape") run.shape.value = news.shape;
    if (news.kind === "states") run.states.value = news.states;
  });
}
