/** What a user may get wrong who has read nothing but the manual. `//~` tells the whole message. */
import type { ChordOptions, Settled, Signature } from "tqc";
import { currentTask, defineConfig, task } from "tqc";
import {
  add, app, both, chain, chord, chunks, either, far, fetchPage, find, first, fmt, group, head, highest, ids, join, keep,
  live, log, maybeSignature, mul, note, nothing, orElse, ping, pluck, point, pow, resize, signature, sum, tally, tune,
  upper, xmap, xstarmap,
} from "../wished/tasks.gen.js";

declare const wide: ChordOptions;
declare const flag: boolean;
declare const numbers: number[];
declare const body: Signature<[list: (string | Settled<number>)[]], number>;

// what may be one of several parameters
resize.s(3); //~ No overload matches this call.
note.s(1); //~ No overload matches this call.
note.s("a", 1); //~ No overload matches this call.
tune.s(Symbol()); //~ No overload matches this call.
tune.s(1, 2); //~ No overload matches this call.
tune.s(1, "a", true, new Date(), 5); //~ Expected 0-4 arguments, but got 5.
pow.s("a"); //~ No overload matches this call.
pow.s(1, "2"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
fetchPage.s(3); //~ No overload matches this call.
fmt.s(1, "en", 3); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
join.s(1); //~ No overload matches this call.
find.s(true); //~ No overload matches this call.
both.s("a"); //~ No overload matches this call.
live.s(3); //~ Argument of type 'number' is not assignable to parameter of type 'Date'.
point.s(1, 2, 3); //~ Expected 0-2 arguments, but got 3.
resize.delay("a"); //~ Expected 2-3 arguments, but got 1.
resize.delay("a", { width: "1", height: 1 }); //~ Type 'string' is not assignable to type 'number'.
note.delay(1); //~ Expected at least 2 arguments, but got 1.
note.si("a", "b"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
both.si(); //~ Expected 1-2 arguments, but got 0.
resize.s(numbers).delay("a"); //~ No overload matches this call.
tune.partial({ e: 1 }); //~ tune has no parameter called e
tune.partial({ a: "1" }); //~ Type 'string' is not assignable to type 'number'.
pow.s(2).delay("a"); //~ Argument of type '["a"]' is not assignable to parameter of type '[] | [base: number]'.
note.s("x").delay(); //~ Argument of type '[]' is not assignable to parameter of type '[level: number] | [level: number, about: string, ...details: string[]]'.
note.s("x").delay("a"); //~ Argument of type '["a"]' is not assignable to parameter of type '[level: number] | [level: number, about: string, ...details: string[]]'.

// a generic task is what its constraints say
head.s([1]); //~ Type 'number' is not assignable to type 'string'.
head.delay("a"); //~ Argument of type 'string' is not assignable to parameter of type 'string[]'.
head.delay(["a"], 1); //~ Expected 1 arguments, but got 2.
pluck.s("size"); //~ Argument of type '"size"' is not assignable to parameter of type 'keyof Labelled'.
pluck.delay([], "size"); //~ Argument of type '"size"' is not assignable to parameter of type 'keyof Labelled'.
highest.delay([{ label: "a" }]); //~ Property 'rank' is missing in type '{ label: string; }' but required in type 'Labelled'.
chain(head.s(["a"]), upper.s()); //~ upper takes (text: string), but head returns string | undefined
chain(upper.s("a"), head.s()); //~ head takes (items: string[]), but upper returns string
chain(ids.s(), head.s()); //~ head takes (items: string[]), but ids returns number[]
chain(highest.s([]), pluck.s("label")); //~ pluck takes (items: readonly Labelled[]), but highest returns Labelled | null
signature("tasks.generic.head", [[1]]); //~ Type 'number' is not assignable to type 'string'.

// chains
chain(find.s("k"), add.s(1)); //~ add takes (x: number), but find returns number | undefined
chain(nothing.s(), add.s(1)); //~ add takes (x: number), but nothing returns void
chain(nothing.s(), live.s()); //~ live takes (since?: Date), but nothing returns void
chain(nothing.s(), tune.s()); //~ tune takes (a?: number, b?: string, c?: boolean, d?: Date), but nothing returns void
chain(add.s(1, 2), nothing.s()); //~ nothing takes nothing, but add returns number: use .si(...)
chain(first.s([]), either.s()); //~ either takes (value: number | string), but first returns string | number | null
chain(ids.s(), far.s()); //~ far takes (at: readonly [x: number, y: number]), but ids returns number[]
chain(group(add.s(1, 2), mul.s(1, 2), add.s(1, 2)), far.s()); //~ far takes (at: readonly [x: number, y: number]), but group of add, mul, add returns [number, number, number]
chain(group(add.s(1, 2), mul.s(1, 2)), point.s(3)); //~ point takes (x: number), but group of add, mul returns [number, number]
chain(either.s(3), add.s(1)); //~ add takes (x: number), but either returns string
chain(find.s("k"), pow.s(2), upper.s()); //~ pow takes (base: number), but find returns number | undefined
chain(add.s(1, 2), both.s(true)); //~ both takes (a: boolean), but add returns number
chain(add.s(1, 2), note.s("x"), upper.s()); //~ upper takes (text: string), but note returns number
chain(upper.s("a"), note.s("x")); //~ note takes (level: number, about: string, ...details: string[]), but upper returns string
chain(upper.s("a"), orElse.s(3)); //~ orElse takes (value: number | undefined), but upper returns string
chain(upper.s("a"), resize.s({ format: "png" })); //~ resize takes (url: string, size: Size), but upper returns string
chain(both.s(true, true), resize.s({ width: 1, height: 1 })); //~ resize takes (url: string), but both returns boolean
find.s("k").pipe(mul.s(2)); //~ mul takes (x: number), but find returns number | undefined
chain(ids.s(), xmap(upper.s(), ["a"])); //~ group of upper takes nothing, but ids returns number[]: use .si(...)

// groups
group(add.s(1), ping.s()).delay(1); //~ group of add, ping takes (x: number) & (), which nothing is
group(add.s(), mul.s(1)).delay(1); //~ group of add, mul takes (x: number, y: number) & (x: number), which nothing is
group(add.s(1), upper.s()).applyAsync([1]); //~ group of add, upper takes (x: number) & (text: string), which nothing is
chain(group(add.s(1), upper.s()), keep.s()).delay(1); //~ group of add, upper takes (x: number) & (text: string), which nothing is
chain(ping.s(), group(ping.s(), upper.s())); //~ group of ping, upper takes () & (text: string), but ping returns "pong"
group(add.s(1), add.s(2)).delay("a"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.

// chords
chord([add.s(1, 2)], sum.s(), wide); //~ sum takes (list: number[]), but group of add returns [number], or the outcomes of [number]
chord([add.s(1, 2)], body, wide); //~ this signature takes (something else[]), but group of add returns [number], or the outcomes of [number]
chord([add.s(1, 2)])(sum.s(), wide); //~ sum takes (list: number[]), but group of add returns [number], or the outcomes of [number]
chord([add.s(1, 2)], sum.s(), { onError: flag ? "fail" : "settle" }); //~ sum takes (list: number[]), but group of add returns [number], or the outcomes of [number]
chord([add.s(1, 2)])(sum.s(), { onError: "settle" }); //~ sum takes (list: number[]), but group of add returns the outcomes of [number]
chord([add.s(1, 2)])(tally.s()); //~ tally takes (outcomes: Settled<number>[]), but group of add returns [number]
chord([add.s(1, 2)], sum.s(), { onError: 3 }); //~ Type 'number' is not assignable to type 'JoinPolicy | undefined'.
chord([add.s(1, 2), find.s("k")], sum.s()); //~ sum takes (list: number[]), but group of add, find returns [number, number | undefined]
chord(add, sum.s()); //~ add is a builder, not a signature: use add.s(...)
chord([add.s(1, 2)], sum); //~ sum is a builder, not a signature: use sum.s(...)

// one task per item or tuple
xmap(fetchPage.s(), [["a", "full"]]); //~ fetchPage takes (url: string, mode?: "fast" | "full"), but the items are [string, string]
xstarmap(fetchPage.s(), [["a", "slow"]]); //~ fetchPage takes (url: string, mode?: "fast" | "full"), but the tuples are [string, string]
xstarmap(fetchPage.s(), [["a", "full", 3]]); //~ fetchPage takes (url: string, mode?: "fast" | "full"), but the tuples are [string, string, number]
xstarmap(join.s(), [[]]); //~ join takes (separator: string, ...parts: string[]), but the tuples are []
xmap(upper, ["a"]); //~ upper is a builder, not a signature: use upper.s(...)
chunks(numbers, 2, upper.s()); //~ upper takes (text: string), but chunks gives number[]

// by name
signature("tasks.math.ad", [1, 2]); //~ no task is called tasks.math.ad; did you mean tasks.math.add?
signature("tasks.math.Add"); //~ no task is called tasks.math.Add; did you mean tasks.math.add?
signature("tasks.math.adds"); //~ no task is called tasks.math.adds; did you mean tasks.math.add?
signature("tasks.math.dad"); //~ no task is called tasks.math.dad; did you mean tasks.math.add?
signature("tasks.maths.add"); //~ no task is called tasks.maths.add; did you mean tasks.math.add?
signature("tasks.math.subtract"); //~ no task is called tasks.math.subtract
signature("tasks.math.pow", ["a"]); //~ Type 'string' is not assignable to type 'number'.
chain(signature("tasks.text.upper", ["a"]), signature("tasks.math.add", [1])); //~ add takes (x: number), but upper returns string

// results and the application
export async function results(): Promise<void> {
  const result = await add.delay(1, 2);
  await result.get({ timeout: "soon" }); //~ Type '"soon"' is not assignable to type 'Duration | undefined'.
  await result.get({ timeot: 3 }); //~ Object literal may only specify known properties, but 'timeot' does not exist in type 'WaitOptions'. Did you mean to write 'timeout'?
  result.results; //~ Property 'results' does not exist on type 'AsyncResult<number>'.
  result.value; //~ Property 'value' does not exist on type 'AsyncResult<number>'.
  const text: string = await result.get(); //~ Type 'number' is not assignable to type 'string'.
  const grouped = await group(add.s(1, 2), upper.s("a")).delay();
  grouped.results[2]; //~ Tuple type 'readonly [AsyncResult<number>, AsyncResult<string>]' of length '2' has no element at index '2'.
  const [a, b]: [string, string] = await grouped.join(); //~ Type '[number, string]' is not assignable to type '[string, string]'.
  app.result<number>(3); //~ Argument of type 'number' is not assignable to parameter of type 'string'.
  await app.submit([add.s(1)]); //~ Type 'Signature<[x: number], number, add$>' is not assignable to type 'Signature<[], unknown, unknown>'.
  app.configure({ brokr: "memory://" }); //~ Object literal may only specify known properties, but 'brokr' does not exist in type 'AppOptions'. Did you mean to write 'broker'?
  app.worker({ concurency: 3 }); //~ Object literal may only specify known properties, but 'concurency' does not exist in type 'WorkerSettings & { readonly embedded?: boolean; }'. Did you mean to write 'concurrency'?
  await app.revokeByStamps({ requestId: {} }); //~ Type '{}' is not assignable to type 'StampValue'.
  [text, a, b].at(0);
}

// inside a task
export function inside(): void {
  const current = currentTask();
  if (flag) current.replace(add.s(1)); //~ add takes (x: number), but a replacement is given nothing
  if (flag) current.replace(add); //~ add is a builder, not a signature: use add.s(...)
  if (flag) current.replace(add.delay(1, 2)); //~ not a signature: a task's signature is made by .s(...)
  if (flag) current.retry({ after: 3 }); //~ Object literal may only specify known properties, and 'after' does not exist in type 'RetryOptions'.
  current.progress("1"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
  current.id = "a"; //~ Cannot assign to 'id' because it is a read-only property.
  current.log.trace("a"); //~ Property 'trace' does not exist on type 'TaskLogger'.
}

// declaring tasks
task({ maxRetries: "3" }, () => 1); //~ No overload matches this call.
task({ timeLimit: "soon" }, () => 1); //~ No overload matches this call.
task({ queu: "a" }, () => 1); //~ No overload matches this call.
task(3); //~ No overload matches this call.
defineConfig({ inclde: [] }); //~ Object literal may only specify known properties, but 'inclde' does not exist in type 'Config'. Did you mean to write 'include'?
defineConfig({ worker: { concurrency: "3" } }); //~ Type 'string' is not assignable to type 'number'.
add.s(1, 2).set({ countdown: "1 second" }); //~ Type '"1 second"' is not assignable to type 'Duration'.
add.s(1, 2).set({ eta: 5 }); //~ Type 'number' is not assignable to type 'Date'.
