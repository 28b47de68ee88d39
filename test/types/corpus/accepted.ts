/** Programs that compile, with the exact types they have. */
import type { Anything, AsyncResult, GroupResult, GroupSignature, ListSignature, Settled, Signature, TaskFailure } from "tqc";
import { StampingVisitor, signature as untyped, maybeSignature as revive } from "tqc";
import {
  add, app, chain, chord, chunks, fail, fetchPage, fmt, group, join, keep, log, max, maybeSignature, mul, onFailure, ping,
  pow, Reports, signature, sum, tally, titles, upper, xmap, xstarmap,
} from "../wished/tasks.gen.js";
import type { Page } from "../wished/tasks/text.js";
import { same } from "./same.js";

declare const texts: readonly string[];
declare const numbers: number[];
declare const signatures: Signature<[], number>[];
declare const steps: Signature<[x: number], number>[];
declare function stream<T>(item: T): AsyncIterable<T>;
declare function generate<T>(item: T): Generator<T>;

// s: what is given later goes in front of what is bound
same<Signature<[], number>>()(add.s(2, 3));
same<Signature<[x: number], number>>()(add.s(3));
same<Signature<[x: number, y: number], number>>()(add.s());
same<Signature<[], string>>()(upper.s("a"));
same<Signature<[text: string], string>>()(upper.s());
same<Signature<[], "pong">>()(ping.s());
same<Signature<[], never>>()(fail.s());
same<Signature<[], void>>()(log.s("a"));
same<Signature<[value: unknown], unknown>>()(keep.s());
same<Signature<[], Page>>()(fetchPage.s("https://a"));
same<Signature<[pages: Page[]], (string | null)[]>>()(titles.s());
same<Signature<[id: string], Uint8Array>>()(Reports.render.s(3));
same<Signature<[], number>>()(sum.s([1, 2, 3]));

// s with optional and rest parameters
same<Signature<[] | [base: number], number>>()(pow.s(2));
same<Signature<[], number>>()(pow.s(2, 3));
same<Signature<[base: number, exp?: number | undefined], number>>()(pow.s());
same<Signature<[n: number, digits: number | undefined], string>>()(fmt.s("en"));
same<Signature<[] | [n: number], string>>()(fmt.s(2));
same<Signature<[], string>>()(fmt.s(1, 2, "en"));
same<Signature<[n: number], string>>()(fmt.s(2, "en"));
same<Signature<[n: number], string>>()(fmt.s(undefined, "en"));
same<Signature<[n: number] | [n: number, digits: number | undefined], string>>()(fmt.s(undefined));
same<Signature<[n: number, digits?: number | undefined, locale?: string | undefined], string>>()(fmt.s());
same<Signature<[] | [string, ...string[]], string>>()(join.s("a"));
same<Signature<[] | [string, ...string[]], string>>()(join.s("a", "b"));
same<Signature<[] | [number, ...number[]], number>>()(max.s(1));
same<Signature<[separator: string, ...parts: string[]], string>>()(join.s());
same<Signature<[url: string], Page>>()(fetchPage.s(undefined));
same<Signature<[] | [url: string], Page>>()(fetchPage.s("full"));
same<Signature<[], Page>>()(fetchPage.s("https://a", "full"));

// si: everything required is bound, what is given is ignored
same<Signature<Anything, number>>()(add.si(2, 3));
same<Signature<Anything, "pong">>()(ping.si());
same<Signature<Anything, string>>()(fmt.si(1));
same<Signature<Anything, string>>()(fmt.si(1, 2, "en"));
same<Signature<Anything, string>>()(join.si("a", "b", "c"));
add.si(1, 2).delay();
add.si(1, 2).delay("anything", "at all");

// partial: by name
same<Signature<[x: number], number>>()(add.partial({ y: 3 }));
same<Signature<[y: number], number>>()(add.partial({ x: 3 }));
same<Signature<string[], string>>()(join.partial({ separator: ", " }));
same<Signature<[separator: string], string>>()(join.partial({ parts: ["a", "b"] }));
same<Signature<[], string>>()(join.partial({ separator: ", ", parts: texts }));
same<Signature<[], number>>()(add.partial({ x: 3, y: 4 }));
same<Signature<[x: number, y: number], number>>()(add.partial({}));
same<Signature<[n: number, locale?: string | undefined], string>>()(fmt.partial({ digits: 2 }));
same<Signature<[n: number, digits?: number | undefined], string>>()(fmt.partial({ locale: "en" }));
same<Signature<[digits?: number | undefined, locale?: string | undefined], string>>()(fmt.partial({ n: 1 }));
same<Signature<[url: string], Page>>()(fetchPage.partial({ mode: "full" }));
same<Signature<[pages: number], Uint8Array>>()(Reports.render.partial({ id: "a" }));

// delay, applyAsync, apply
same<Promise<AsyncResult<number>>>()(add.delay(2, 3));
same<Promise<AsyncResult<string>>>()(fmt.delay(2));
same<Promise<AsyncResult<string>>>()(fmt.delay(2, 1, "en"));
same<Promise<AsyncResult<string>>>()(join.delay("a", "b", "c"));
same<Promise<AsyncResult<void>>>()(log.delay("a"));
same<Promise<AsyncResult<number>>>()(add.applyAsync([2, 3]));
same<Promise<AsyncResult<number>>>()(add.applyAsync([2, 3], { countdown: "10s" }));
same<Promise<AsyncResult<"pong">>>()(ping.applyAsync());
same<Promise<AsyncResult<"pong">>>()(ping.applyAsync([], { queue: "low", priority: 9, headers: { a: "b" } }));
same<Promise<number>>()(add.apply(2, 3));
same<Promise<string>>()(fmt.apply(2));
same<Promise<AsyncResult<number>>>()(add.s(3).delay(2));
same<Promise<AsyncResult<number>>>()(add.s(3).applyAsync([2]));
same<Promise<AsyncResult<number>>>()(add.s(3).applyAsync([2], { eta: new Date(), expires: "1h", id: "a" }));
same<Promise<AsyncResult<number>>>()(add.s(2, 3).applyAsync());
same<Promise<AsyncResult<number>>>()(add.s(2, 3).applyAsync([], { maxRetries: 3, timeLimit: 500, ignoreResult: true, resultExpires: "1d" }));
same<Promise<AsyncResult<number>>>()(pow.s(2).applyAsync());
same<Promise<AsyncResult<number>>>()(pow.s(2).applyAsync([3]));
same<Promise<number>>()(add.s(3).apply(2));
const pair = [2, 3] as const;
add.applyAsync(pair);
add.s().applyAsync(pair);

// map, starmap, chunks of a task
same<Signature<[], string[]>>()(upper.map(["a", "b"]));
same<Signature<[], string[]>>()(upper.map(new Set(["a", "b"])));
same<Signature<[], number[]>>()(sum.map([[1, 2], [3]]));
same<Signature<[], number[]>>()(pow.map([1, 2]));
same<Signature<[], Page[]>>()(fetchPage.map(["a"]));
same<Signature<[], number[]>>()(add.starmap([[1, 2], [3, 4]]));
same<Signature<[], Page[]>>()(fetchPage.starmap([["a", "fast"], ["b", "full"]]));
same<Signature<[], number[]>>()(add.starmap([pair]));
same<GroupSignature<[], number[][]>>()(add.chunks([[1, 2], [3, 4], [5, 6]], 2));
same<GroupSignature<[], string[][]>>()(upper.chunks(stream<[string]>(["a"]), 10));

// the methods of a signature give signatures of the same type
same<Signature<[x: number], number>>()(add.s(3).set({ queue: "low" }));
same<Signature<[x: number], number>>()(add.s(3).clone());
same<Signature<[x: number], number>>()(add.s(3).stamp({ requestId: "r1", tries: 3, dry: true, tags: ["a", "b"] }));
same<Signature<[x: number], number>>()(add.s(3).link(mul.s(2)));
same<Signature<[x: number], number>>()(add.s(3).linkError(onFailure.s()));
same<string>()(add.s(3).freeze().id);
same<string>()(add.s(3).freeze("mine").id);
same<string | undefined>()(add.s(3).id);
add.s(3).set({}).clone().freeze().stamp({}).link(log.si("a")).delay(1);
chain(add.s(1, 2).freeze("first"), mul.s(2)).delay();
class Visitor extends StampingVisitor {
  onSignature(sig: Signature) {
    return { task: sig.task ?? "composite" };
  }
  override onChainStart() {
    return { inside: "chain" };
  }
  override onCallback(): void {}
}
add.s(1, 2).stamp(new Visitor());
group(add.s(1, 2)).stamp(new Visitor()).delay();

// chain
same<Signature<[], number>>()(chain(add.s(2, 3)));
same<Signature<[], number>>()(chain(add.s(2, 3), mul.s(4)));
same<Signature<[], number>>()(chain(add.s(2, 3), mul.s(4), add.s(5), mul.s(6)));
same<Signature<[x: number], number>>()(chain(add.s(3), mul.s(4)));
same<Signature<[x: number, y: number], number>>()(chain(add.s(), mul.s(4)));
same<Signature<[], string>>()(chain(add.s(2, 3), fmt.s()));
same<Signature<[], string>>()(chain(add.s(2, 3), fmt.s(2)));
same<Signature<[], number>>()(chain(add.s(2, 3), pow.s(2)));
same<Signature<[], number>>()(chain(upper.s("a"), add.si(1, 2)));
same<Signature<Anything, number>>()(chain(add.si(1, 2), mul.s(3)));
same<Signature<[], "pong">>()(chain(add.s(1, 2), ping.si()));
same<Signature<[], unknown>>()(chain(log.s("a"), keep.s()));
same<Signature<[], string>>()(chain(fail.s(), upper.s()));
same<Signature<[], string>>()(chain(chain(chain(upper.s("a")), upper.s()), chain(upper.s(), upper.s())));
same<Signature<[], number>>()(chain(add.s(2, 3), add.partial({ x: 1 })));
same<Signature<[x: number], number>>()(chain(...steps));
same<Signature<[], number>>()(chain(add.s(1, 2), ...steps));
same<Signature<[], number>>()(add.s(2, 3).pipe(mul.s(4)));
same<Signature<[], string>>()(add.s(2, 3).pipe(mul.s(4)).pipe(fmt.s(2)).pipe(upper.s()));
same<Signature<[x: number], number>>()(add.s(4).pipe(mul.s(8)));
same<Signature<[], string>>()(add.s(1, 2).pipe(chain(mul.s(2), fmt.s())));
let grown = add.s(1, 2);
for (const n of numbers) grown = grown.pipe(mul.s(n));
grown = mul.s(3, 4);
same<Signature<[], number>>()(numbers.reduce((s, n) => s.pipe(mul.s(n)), add.s(1, 2)));

// group
same<GroupSignature<[], [number, string]>>()(group(add.s(1, 2), upper.s("a")));
same<GroupSignature<[], [number, string]>>()(group([add.s(1, 2), upper.s("a")]));
same<GroupSignature<[], [number]>>()(group(add.s(1, 2)));
same<GroupSignature<[], [number]>>()(group([add.s(1, 2)]));
same<GroupSignature<Anything, []>>()(group());
same<GroupSignature<Anything, []>>()(group([]));
same<GroupSignature<[], number[]>>()(group(numbers.map((n) => add.s(n, n))));
same<GroupSignature<[], number[]>>()(group(...signatures));
same<GroupSignature<[], number[]>>()(group(signatures));
same<GroupSignature<[], number[]>>()(group(new Set(signatures)));
same<GroupSignature<[], number[]>>()(group(generate(add.s(1, 2))));
same<GroupSignature<[], number[]>>()(group(stream(add.s(1, 2))));
same<GroupSignature<[], [number, [string, [number]]]>>()(group(add.s(1, 2), group(upper.s("a"), group(add.s(1, 2)))));
same<GroupSignature<[x: number], [number, number]>>()(group(add.s(1), mul.s(2)));
same<GroupSignature<[x: number], [number, number]>>()(group(add.s(1), mul.si(2, 3)));
same<GroupSignature<Anything, [number]>>()(group(mul.si(2, 3)));
same<GroupSignature<[], [number, string]>>()(group(chain(add.s(1, 2), mul.s(3)), upper.s("a")));
same<Promise<GroupResult<[number, string]>>>()(group(add.s(1, 2), upper.s("a")).delay());
same<Promise<GroupResult<[number, string]>>>()(group(add.s(1, 2), upper.s("a")).applyAsync());
same<Promise<GroupResult<[number]>>>()(group(add.s(1)).delay(2));
same<Promise<GroupResult<[number]>>>()(group(add.s(1)).applyAsync([2], { queue: "low" }));
same<Promise<GroupResult<[number, number]>>>()(chain(add.s(1, 2), group(add.s(1), mul.s(2))).delay());
same<Promise<GroupResult<[number, number]>>>()(chain(add.s(1, 2), group(add.s(1), mul.s(2))).applyAsync());
same<Promise<[number, string]>>()(group(add.s(1, 2), upper.s("a")).apply());
same<GroupSignature<[], [number]>>()(group(add.s(1, 2)).set({ priority: 3 }));
same<GroupSignature<[], [number]>>()(group(add.s(1, 2)).linkError(onFailure.s()));
same<Signature<[], number>>()(group(add.s(1, 2), mul.s(3, 4)).pipe(sum.s()));
same<Signature<[], number>>()(chain(group(add.s(1, 2), mul.s(3, 4)), sum.s()));
same<Signature<[], number>>()(chain(add.s(1, 2), group(add.s(1), mul.s(2)), sum.s(), mul.s(3)));
same<ListSignature<[], [number, unknown]>>()(chain(group(add.s(1, 2), mul.s(3, 4)), group(sum.s(), keep.s())));
same<ListSignature<[], [number, number]>>()(add.s(1, 2).pipe(group(add.s(1), mul.s(2))));
chain(add.s(1, 2), group(add.s(1), mul.s(2))).link(sum.s());

// chord
same<Signature<[], number>>()(chord([add.s(1, 2), mul.s(3, 4)], sum.s()));
same<Signature<[], number>>()(chord([add.s(1, 2), mul.s(3, 4)])(sum.s()));
same<Signature<[], number>>()(chord(group(add.s(1, 2), mul.s(3, 4)), sum.s()));
same<Signature<[], number>>()(chord(group(add.s(1, 2), mul.s(3, 4)))(sum.s()));
same<Signature<[], number>>()(chord(numbers.map((n) => add.s(n, n)), sum.s()));
same<Signature<[], number>>()(chord(new Set(signatures), sum.s()));
same<Signature<[], number>>()(chord(stream(add.s(1, 2)), sum.s()));
same<Signature<[], number>>()(chord(add.s(1, 2), sum.s()));
same<Signature<Anything, number>>()(chord([], sum.s()));
same<Signature<[x: number], number>>()(chord([add.s(1), mul.s(2)], sum.s()));
same<Signature<[], unknown>>()(chord([add.s(1, 2), upper.s("a")], keep.s()));
same<Signature<[], "pong">>()(chord([add.s(1, 2)], ping.si()));
same<Signature<[], number>>()(chord([add.s(1, 2)], sum.s(), { onError: "fail" }));
same<Signature<[], number>>()(chord([add.s(1, 2)], sum.s(), { onError: "cancel" }));
same<Signature<[], number>>()(chord([add.s(1, 2), mul.s(3, 4)], tally.s(), { onError: "settle" }));
same<Signature<[], number>>()(chord(signatures, tally.s(), { onError: "settle" }));
same<Signature<[], number>>()(chord(signatures)(tally.s(), { onError: "settle" }));
same<Signature<[], number>>()(chord(signatures, chain(sum.s(), mul.s(2))));
same<ListSignature<[], [number, unknown]>>()(chord(signatures, group(sum.s(), keep.s())));
same<Promise<GroupResult<[number, unknown]>>>()(chord(signatures, group(sum.s(), keep.s())).delay());
same<Signature<[], unknown>>()(chord([chord([add.s(1, 2), add.s(3, 4)], sum.s()), add.s(2, 3)], keep.s()));
same<Signature<[], number>>()(chain(chord(signatures, sum.s()), mul.s(2)));
same<Signature<[], unknown>>()(chain(group(add.s(1, 2)), chord([sum.s(), sum.s()], keep.s())));
same<Signature<[], (string | null)[]>>()(chord([fetchPage.s("a"), fetchPage.s("b")], titles.s()));
chord(signatures, sum.s()).link(log.si("done"));
chord(signatures, sum.s()).link(mul.s(2)).linkError(onFailure.s());
const nested: readonly (readonly [string, Signature<[]>])[] = [["a", chord([chord(signatures, sum.s())], keep.s())]];
const deep: Signature<[]> = numbers.reduce<Signature<[]>>((inner) => chord([inner, inner], keep.s()), add.s(1, 1));
declare const settled: Settled<number>;
if (settled.ok) same<number>()(settled.value);
else same<TaskFailure>()(settled.error);

// chunks, xmap, xstarmap
same<GroupSignature<[], number[]>>()(chunks([1, 2, 3], 2, sum.s()));
same<GroupSignature<[], number[]>>()(chunks(stream(1), 2, sum.s()));
same<GroupSignature<[], unknown[]>>()(chunks(["a"], 2, keep.s()));
same<GroupSignature<[], number[]>>()(chunks(numbers, 2, chain(sum.s(), mul.s(2))));
same<GroupSignature<[], "pong"[]>>()(chunks(numbers, 2, ping.si()));
same<GroupSignature<[], string[]>>()(xmap(upper.s(), ["a", "b"]));
same<GroupSignature<[], string[]>>()(xmap(upper.s(), stream("a")));
same<GroupSignature<[], number[]>>()(xmap(add.s(1), numbers));
same<GroupSignature<[], number[]>>()(xmap(add.s(), [[1, 2], [3, 4]]));
same<GroupSignature<[], number[]>>()(xmap(sum.s(), [[1, 2], [3]]));
same<GroupSignature<[], Page[]>>()(xmap(fetchPage.s(), ["a", "b"]));
same<GroupSignature<[], string[]>>()(xmap(chain(upper.s(), upper.s()), new Set(["a"])));
same<GroupSignature<[], number[]>>()(xstarmap(add.s(), [[1, 2], [3, 4]]));
same<GroupSignature<[], number[]>>()(xstarmap(add.s(1), [[1], [2]]));
same<GroupSignature<[], Page[]>>()(xstarmap(fetchPage.s(), [["a", "full"], ["b", "fast"]] as const));
same<GroupSignature<[], number[]>>()(xstarmap(add.s(), stream<[number, number]>([1, 2])));
same<Signature<[], number>>()(xmap(add.s(1), numbers).pipe(sum.s()));
same<Signature<[], number>>()(chord(xmap(add.s(1), numbers), sum.s()));
same<Promise<GroupResult<string[]>>>()(xmap(upper.s(), ["a"]).delay());

// callbacks
add.s(1, 2).link(mul.s(2)).link(log.si("done")).link(keep.s());
add.s(1, 2).link(chain(mul.s(2), fmt.s()));
add.s(1, 2).link(group(mul.s(2), add.s(3)));
add.s(1, 2).linkError(onFailure.s()).linkError(ping.si()).linkError(keep.s()).linkError(chain(keep.s(), keep.s()));

// by name, and from JSON
same<Signature<[], number>>()(signature("tasks.math.add", [2, 3]));
same<Signature<[x: number], number>>()(signature("tasks.math.add", [3]));
same<Signature<[x: number, y: number], number>>()(signature("tasks.math.add"));
same<Signature<[x: number], number>>()(signature("tasks.math.add", [3], { queue: "low" }));
same<Signature<Anything, number>>()(signature("tasks.math.add", [2, 3], { immutable: true }));
same<Signature<[id: string], Uint8Array>>()(signature("tasks.side.Reports.render", [3]));
same<Signature<[] | [base: number], number>>()(signature("tasks.math.pow", [2]));
same<Signature<unknown[], unknown>>()(signature("tasks.math.add" as string, [2, 3]));
same<Signature<unknown[], unknown>>()(untyped("tasks.math.add", [2, 3], { immutable: true }));
chain(untyped("somewhere.else"), keep.s());
chain(add.s(1, 2), untyped("somewhere.else"));
same<Signature<[x: number], number>>()(maybeSignature(add.s(3).toJSON()));
same<GroupSignature<[], [number]>>()(maybeSignature(group(add.s(1, 2)).toJSON()));
same<number>()(maybeSignature(3 as number));
same<unknown>()(revive(JSON.parse("{}") as unknown));

// a signature in hand
const held: Signature<[x: number], number> = add.s(3);
const wider: Signature<[x: number], number | string> = held;
const closed: Signature<[], number> = pow.s(2);
const any: Signature = group(add.s(1, 2));
const list: Signature<[], readonly number[]> = group(signatures);
const choice = numbers.length > 1 ? add.s(1, 2) : upper.s("a");
same<Promise<AsyncResult<number>> | Promise<AsyncResult<string>>>()(choice.delay());
async function results(): Promise<void> {
  same<number>()(await (await add.delay(2, 3)).get());
  same<[number, string]>()(await (await group(add.s(1, 2), upper.s("a")).delay()).get());
  same<string>()(await (await chain(add.s(1, 2), fmt.s()).delay()).get());
}
export const kept = { app, wider, closed, any, list, nested, deep, results, held };
