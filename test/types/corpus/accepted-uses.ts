/** What a user may write who has read nothing but the manual. */
import type {
  Anything, AsyncResult, ChordOptions, Config, CurrentTask, Duration, GroupResult, GroupSignature, Progress, SendOptions, Settled, Signature,
  Stamps, TaskFailure, TaskInfo, TaskOptions, TaskState, TqcError as TqcFailure,
} from "tqc";
import {
  BrokerUnavailableError, ChordError, currentTask, defineConfig, InvalidArgumentsError, ManifestMismatchError,
  ResultTimeoutError, StampingVisitor, TaskFailedError, TaskRevokedError, task, TimeLimitExceededError, TqcError,
  UnknownTaskError, WorkerLostError,
} from "tqc";
import {
  add, app, both, chain, chord, either, far, fetchPage, find, first, fmt, group, head, highest, ids, join, keep, live,
  log, maybeSignature, mul, note, nothing, orElse, ping, pluck, point, pow, resize, signature, sum, tally, tune, upper,
  xmap, xstarmap,
} from "../wished/tasks.gen.js";
import type { Labelled } from "../wished/tasks/generic.js";
import type { Page } from "../wished/tasks/text.js";
import { same } from "./same.js";

declare const numbers: number[];
declare const size: { width: number; height: number };
declare const wide: ChordOptions;
declare const flag: boolean;
declare const texts: readonly string[];
declare const strings: string[];
declare const tuple: [number, number];
declare const readonlyTuple: readonly [number, number];
declare function stream<T>(item: T): AsyncIterable<T>;
declare function generate<T>(item: T): Generator<T>;

// what may be one of several parameters
same<Signature<[url: string], Uint8Array>>()(resize.s({ width: 1, height: 1 }));
same<Signature<[url: string, size: { width: number; height: number }], Uint8Array>>()(resize.s({ format: "png" }));
same<Signature<[url: string], Uint8Array>>()(resize.s({ width: 1, height: 1 }, { format: "png" }));
same<Signature<[], Uint8Array>>()(resize.s("a", { width: 1, height: 1 }));
same<Signature<[url: string], Uint8Array>>()(resize.s(size, undefined));
same<Signature<[level: number] | [level: number, about: string, ...details: string[]], number>>()(note.s("x"));
same<Signature<[level: number] | [level: number, about: string, ...details: string[]], number>>()(note.s("x", "y"));
same<Signature<[], number>>()(note.s(1, "x"));
same<Signature<[], number>>()(note.s(1, "x", "y", "z"));
same<Signature<[level: number, about: string, ...details: string[]], number>>()(note.s());
same<Signature<[level: number, about: string, ...details: string[]], number>>()(note.s(...strings));
same<Signature<[key: string], number | undefined>>()(find.s(3));
same<Signature<[], number | undefined>>()(find.s("k"));
same<Signature<[], void>>()(nothing.s());
same<Signature<[a: number | undefined], string>>()(tune.s("x"));
same<Signature<[a: number | undefined], string>>()(tune.s("x", true));
same<Signature<[a: number | undefined, b: string | undefined], string>>()(tune.s(false, new Date()));
same<Signature<[a?: number | undefined, b?: string | undefined, c?: boolean | undefined, d?: Date | undefined], string>>()(tune.s());
same<Signature<[value: number | undefined], number>>()(orElse.s(3));
same<Signature<[], number>>()(orElse.s(undefined, 3));
same<Signature<[] | [a: boolean], boolean>>()(both.s(true));
same<Signature<[a: boolean], boolean>>()(both.s(undefined));
same<Signature<[since?: Date | undefined], Date>>()(live.s());
same<Signature<[], Date>>()(live.s(new Date()));
same<Signature<[x: number], readonly [x: number, y: number]>>()(point.s(3));
same<Signature<[b?: string | undefined, d?: Date | undefined], string>>()(tune.partial({ a: 1, c: true }));
same<Signature<[size: { width: number; height: number }], Uint8Array>>()(resize.partial({ url: "a", manner: { format: "png" } }));

// a generic task is what its constraints say
same<Signature<[items: string[]], string | undefined>>()(head.s());
same<Signature<[], string | undefined>>()(head.s(strings));
same<Signature<[items: readonly Labelled[], key: keyof Labelled], (string | number)[]>>()(pluck.s());
same<Signature<[items: readonly Labelled[]], (string | number)[]>>()(pluck.s("label"));
same<Signature<[items: Labelled[], above?: number | undefined], Labelled | null>>()(highest.s());
same<Signature<[items: Labelled[]], Labelled | null>>()(highest.s(3));
same<Signature<[items: readonly Labelled[]], string | number | null>>()(chain(pluck.partial({ key: "rank" }), first.s()));
same<Signature<Anything, string | undefined>>()(head.si(strings));
same<GroupSignature<[], [string | undefined, (string | number)[]]>>()(group(head.s(strings), pluck.s([], "rank")));
same<Signature<[], string | undefined>>()(signature("tasks.generic.head", [["a"]]));

// chains of partials
same<Signature<[x: number, y: number], number>>()(chain(add.s(), add.s(1), pow.s(2), orElse.s(3), mul.partial({ x: 2 })));
same<Signature<[], number>>()(chain(find.s("k"), orElse.s(3)));
same<Signature<[], number>>()(chain(point.s(1, 2), far.s()));
same<Signature<[], number>>()(chain(ids.s(), sum.s()));
same<Signature<[], string | number | null>>()(chain(ids.s(), first.s()));
same<Signature<[], string>>()(chain(ids.s(), first.s(), upper.si("a")));
same<Signature<[], string>>()(chain(ids.s(), first.s(), signature("tasks.text.upper", ["a"], { immutable: true })));
same<Signature<[], string>>()(chain(either.s(3), upper.s()));
same<Signature<[], string>>()(chain(add.s(1, 2), either.s(), upper.s()));
same<Signature<[], void>>()(chain(add.s(1, 2), nothing.si()));
same<Signature<[], number>>()(chain(group(point.s(1, 2)), group(keep.s())).pipe(sum.si([])));
same<Signature<[key: string], number>>()(find.s(0).pipe(orElse.s(1)).pipe(pow.s(2)));
same<Signature<[], boolean>>()(chain(both.s(true, false), both.s(true), both.s()));

// chord: the options decide what the body is given
declare const body: Signature<[list: (number | Settled<number>)[]], number>;
const settling = { onError: "settle" } as const;
same<Signature<[], number>>()(chord([add.s(1, 2)], body, wide));
same<Signature<[], number>>()(chord([add.s(1, 2)])(body, wide));
same<Signature<[], unknown>>()(chord([add.s(1, 2)], keep.s(), wide));
same<Signature<[], number>>()(chord([add.s(1, 2)], sum.s(), {}));
same<Signature<[], number>>()(chord([add.s(1, 2)], sum.s(), undefined));
same<Signature<[], number>>()(chord([add.s(1, 2)], sum.s(), { onError: flag ? "fail" : "cancel" }));
same<Signature<[], number>>()(chord([add.s(1, 2)], tally.s(), settling));
same<Signature<[], number>>()(chord(generate(add.s(1, 2)), tally.s(), settling));
same<Signature<[], number>>()(chord(stream(add.s(1, 2)))(tally.s(), { onError: "settle" }));
same<Signature<[], "pong">>()(chord([add.s(1, 2)], ping.si(), { onError: "settle" }));

// groups
same<GroupSignature<[x: number], [number, number]>>()(group(pow.s(2), mul.s(1)));
same<GroupSignature<[value: number], [string, number]>>()(group(either.s(), mul.s(1)));
same<GroupSignature<[], [number, number]>>()(group(add.s(1, 2), group(mul.s(1, 2)).pipe(sum.s())));
same<GroupSignature<[], [[number]]>>()(group(group(add.s(1, 2))));
same<GroupSignature<[], (string | number)[]>>()(group(numbers.map((n) => (n > 1 ? either.s(n) : add.s(n, n)))));
same<Promise<GroupResult<number[]>>>()(group(stream(add.s(1, 2))).delay());

// one task per item or tuple
same<GroupSignature<[], Page[]>>()(xstarmap(fetchPage.s(), [["a", "full"], ["b", "fast"]]));
same<GroupSignature<[], Page[]>>()(xstarmap(fetchPage.s(), [["a"], ["b", "fast"]]));
same<GroupSignature<[], number[]>>()(xstarmap(add.s(), [tuple, readonlyTuple]));
same<GroupSignature<[], string[]>>()(xstarmap(fmt.s(), [[1], [1, 2], [1, 2, "en"]]));
same<GroupSignature<[], string[]>>()(xstarmap(join.s(), [["a"], ["a", "b", "c"]]));
same<GroupSignature<[], number[]>>()(xstarmap(add.s(), numbers.map((n) => [n, n] as const)));
same<GroupSignature<[], number[]>>()(xstarmap(add.s(), numbers.map((n): [number, number] => [n, n])));
same<GroupSignature<[], number[]>>()(xmap(far.s(), [[1, 2]]));
same<GroupSignature<[], string[]>>()(xmap(fmt.s(), numbers));
same<GroupSignature<[], string[]>>()(xmap(upper.s(), texts));
same<GroupSignature<[], Uint8Array[]>>()(xmap(resize.s(), [["a", size]]));
same<GroupSignature<[], Uint8Array[]>>()(xmap(resize.s(), [["a", { width: 1, height: 2 }]]));
same<Signature<[], Page[]>>()(fetchPage.starmap([["a", "fast"], ["b"]]));

// by name
same<Signature<[text: string], string>>()(signature("tasks.text.upper"));
same<Promise<AsyncResult<number>>>()(signature("tasks.math.add", [2, 3], { countdown: "10s", queue: "low" }).delay());
same<Signature<[x: number], number>>()(maybeSignature(add.s(3).toJSON()));
same<Signature<[x: number], number>>()(maybeSignature(add.s(3)));
same<string>()(JSON.stringify(add.s(3)));

// results
export async function results(signal: AbortSignal): Promise<void> {
  const result = await add.delay(1, 2);
  same<string>()(result.id);
  same<number>()(await result.get({ timeout: "10s", signal }));
  same<number>()(await result.get({ timeout: 500 }));
  same<TaskState>()(await result.state());
  same<"PENDING" | "STARTED" | "RETRY" | "SUCCESS" | "FAILURE" | "REVOKED">()(await result.state());
  same<boolean>()(await result.ready());
  same<boolean>()(await result.successful());
  same<boolean>()(await result.failed());
  const info = await result.info();
  same<TaskInfo>()(info);
  same<string>()(info.task);
  same<Date>()(info.times.submitted);
  same<Date | undefined>()(info.times.started);
  same<Date | undefined>()(info.times.finished);
  same<string | undefined>()(info.worker);
  same<number>()(info.attempt);
  same<Progress | undefined>()(info.progress);
  same<Stamps>()(info.stamps);
  for await (const progress of result.progress) same<Progress>()(progress);
  await result.revoke({ terminate: true });
  await result.forget();
  const related: readonly (AsyncResult<unknown> | undefined)[] = [result.parent, ...result.children];
  const grouped = await group(add.s(1, 2), upper.s("a")).delay();
  same<[number, string]>()(await grouped.join());
  same<number>()(await grouped.completedCount());
  same<number>()(await grouped.results[0].get());
  same<string>()(await grouped.results[1].get());
  for await (const [index, value] of grouped) same<number | string>()(index === 0 ? value : value);
  const listed = await group(numbers.map((n) => add.s(n, n))).delay();
  same<AsyncResult<number> | undefined>()(listed.results[0]);
  same<number>()(await app.result<number>("a").get());
  await app.result("a").load();
  const many = await app.submit([add.s(1, 2), upper.s("a")]);
  same<number>()(await many[0].get());
  same<string>()(await many[1].get());
  await app.revokeByStamps({ requestId: "r1" });
  app.configure({ broker: "memory://" });
  const worker = app.worker({ concurrency: 2, queues: ["a"], lease: "30s", maxDeliveries: 3 });
  await worker.start();
  await worker.stop({ timeout: "5s" });
  worker.stats();
  await app.close();
  same<void>()(await (await log.delay("a")).get());
  same<number | undefined>()(await find.apply("k"));
  related.at(0);
}

// failures
export function told(error: unknown, failure: TaskFailure): readonly unknown[] {
  if (error instanceof TaskFailedError) return [error.task, error.taskId, error.path, error.cause, error.code];
  if (error instanceof ChordError) return [error.cause];
  const known = [TaskRevokedError, TimeLimitExceededError, ResultTimeoutError, InvalidArgumentsError, UnknownTaskError];
  for (const kind of [...known, ManifestMismatchError, BrokerUnavailableError, WorkerLostError]) {
    if (error instanceof kind) same<string>()((error satisfies TqcFailure).code);
  }
  same<string>()(failure.taskId);
  same<string>()(failure.task);
  same<string>()(failure.path);
  same<string>()(failure.error.name);
  same<string>()(failure.error.message);
  const others: readonly TaskFailure[] | undefined = failure.others;
  return [others, failure.error.stack, error instanceof TqcError];
}

// inside a task
export async function inside(): Promise<number> {
  const current: CurrentTask = currentTask();
  same<readonly [string, string, string, number]>()([current.id, current.name, current.runId, current.attempt] as const);
  same<Stamps>()(current.stamps);
  same<Readonly<Record<string, string>>>()(current.headers);
  same<AbortSignal>()(current.signal);
  same<string | undefined>()(current.parentId);
  same<readonly [string, number]>()([current.queue, current.priority] as const);
  current.log.debug("a");
  current.log.info({ size: 3 }, "a");
  current.log.warn("a");
  current.log.error({ err: new Error("a") });
  current.progress(1);
  current.progress(1, 2);
  if (flag) current.retry({ countdown: "10s", cause: new Error("a") });
  if (flag) current.retry();
  if (flag) return current.replace(chain(add.s(1, 2), mul.s(2)));
  if (flag) return current.replace(pow.s(2));
  return current.replace(group(add.s(1, 2), add.si(1, 2)));
}

// stamping
class Every extends StampingVisitor {
  onSignature(sig: Signature) {
    return { task: sig.task ?? "", immediate: sig.options.countdown === undefined };
  }
  override onChainStart() {
    return {};
  }
  override onChainEnd(): void {}
  override onGroupStart() {
    return { a: 1, b: true, c: ["x", 1] };
  }
  override onGroupEnd(): void {}
  override onChordHeaderStart(): void {}
  override onChordHeaderEnd(): void {}
  override onChordBody(): void {}
  override onCallback(sig: Signature) {
    return { kind: sig.kind };
  }
  override onErrback(): void {}
}
chord([add.s(1, 2)], sum.s()).stamp(new Every()).stamp({ requestId: "r1" });

// declaring tasks
export class Files {
  @task({ queue: "files" })
  static async open(path: string): Promise<string> {
    return path;
  }
  @task static close(path: string): string {
    return path;
  }
  @task() static sync(): void {}
}
const every: TaskOptions = {
  name: "a.b", as: "c", aliases: ["d"], queue: "io", priority: 9, maxRetries: 3, retryBackoff: "1s", retryBackoffMax: 500,
  retryJitter: false, retryOn: ["Error"], softTimeLimit: "1s", timeLimit: "2s", expires: "1d", rateLimit: "100/s",
  ignoreResult: true, resultExpires: "1d", thread: false, timezone: "UTC",
};
same<(url: string) => Promise<number>>()(task(every, async (url: string) => url.length));
same<(url: string) => number>()(task((url: string) => url.length));
same<() => void>()(task({ schedule: "* * * * *" }, (): void => {}));
same<() => void>()(task({ every: "5m" }, (): void => {}));

// send options and configuration
const sent: SendOptions = {
  queue: "a", priority: 1, countdown: "1s", eta: new Date(), expires: 500, id: "a", headers: { a: "b" }, maxRetries: 3,
  timeLimit: "1s", ignoreResult: true, resultExpires: "1d",
};
same<Promise<AsyncResult<number>>>()(add.s(1, 2).set(sent).delay());
const durations: Duration[] = [250, "250ms", "30s", "5m", "2h", "1d", "1.5s"];
const config: Config = defineConfig({
  include: ["src/**"], outDir: "out", rootDir: "src", tsconfig: "tsconfig.json", broker: "redis://a",
  worker: { concurrency: 3, queues: ["a"], lease: "30s", maxDeliveries: 3 },
});
export const used = { durations, config, settling };
