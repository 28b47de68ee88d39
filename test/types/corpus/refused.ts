/** Programs that do not compile. `//~` tells the whole message, which stands on that line and on no other. */
import type { AsyncResult, Signature } from "tqc";
import { StampingVisitor } from "tqc";
import {
  add, chain, chord, chunks, fail, fetchPage, fmt, group, join, keep, log, maybeSignature, mul, onFailure, ping, pow,
  Reports, signature, sum, tally, titles, upper, xmap, xstarmap,
} from "../wished/tasks.gen.js";

declare const numbers: number[];
declare const texts: Signature<[], string>[];
declare const closed: Signature<[], number>[];
declare const open: Signature<[text: string], string>[];
declare function stream<T>(item: T): AsyncIterable<T>;
declare function generate<T>(item: T): Generator<T>;

// s, si, delay, apply
add.s("2", 3); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
add.s(2, "3"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
add.s("3"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
add.s(1, 2, 3); //~ Expected 0-2 arguments, but got 3.
ping.s(1); //~ Expected 0 arguments, but got 1.
upper.s(1); //~ Argument of type 'number' is not assignable to parameter of type 'string'.
sum.s(["1"]); //~ Type 'string' is not assignable to type 'number'.
add.si(); //~ Expected 2 arguments, but got 0.
add.si(1); //~ Expected 2 arguments, but got 1.
add.si("1", 2); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
add.delay(); //~ Expected 2 arguments, but got 0.
add.delay(1); //~ Expected 2 arguments, but got 1.
add.delay(1, "2"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
add.delay(1, 2, 3); //~ Expected 2 arguments, but got 3.
fmt.delay(1, "en"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
fetchPage.delay("a", "slow"); //~ Argument of type '"slow"' is not assignable to parameter of type '"fast" | "full" | undefined'.
fmt.s(true); //~ No overload matches this call.
pow.s(1, 2, 3); //~ Expected 0-2 arguments, but got 3.
add.apply(1); //~ Expected 2 arguments, but got 1.
add.applyAsync(); //~ Expected 1-2 arguments, but got 0.
add.applyAsync([1]); //~ Argument of type '[number]' is not assignable to parameter of type 'readonly [x: number, y: number]'.
add.applyAsync([1, "2"]); //~ Type 'string' is not assignable to type 'number'.
add.applyAsync([1, 2], { countdown: "soon" }); //~ Type '"soon"' is not assignable to type 'Duration | undefined'.
add.applyAsync([1, 2], { prio: 3 }); //~ Object literal may only specify known properties, and 'prio' does not exist in type 'SendOptions'.
add.applyAsync([1, 2], { headers: { a: 1 } }); //~ Type 'number' is not assignable to type 'string'.
Reports.render.s(1, 2); //~ Argument of type 'number' is not assignable to parameter of type 'string'.

// partial
add.partial({ z: 1 }); //~ add has no parameter called z
add.partial({ x: 1, z: 2 }); //~ add has no parameter called z
join.partial({ parts: "a" }); //~ Type 'string' is not assignable to type 'readonly string[]'.
join.partial({ parts: [1] }); //~ Type 'number' is not assignable to type 'string'.
join.partial({ separator: ", " }).delay(1); //~ Argument of type 'number' is not assignable to parameter of type 'string'.
add.partial({ x: "1" }); //~ Type 'string' is not assignable to type 'number'.
ping.partial({ x: 1 }); //~ ping has no parameter called x
fmt.partial({ digits: "2" }); //~ Type 'string' is not assignable to type 'number'.

// a signature's own methods
add.s(1).delay(); //~ Expected 1 arguments, but got 0.
add.s(1).delay("2"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
add.s(1).delay(2, 3); //~ Expected 1 arguments, but got 2.
add.s(1, 2).delay(3); //~ Expected 0 arguments, but got 1.
add.s(1).applyAsync(); //~ Expected 1-2 arguments, but got 0.
add.s(1).applyAsync(["2"]); //~ Type 'string' is not assignable to type 'number'.
add.s(1).apply(); //~ Expected 1 arguments, but got 0.
add.s(1, 2).set({ queue: 3 }); //~ Type 'number' is not assignable to type 'string'.
add.s(1, 2).set({ retries: 3 }); //~ Object literal may only specify known properties, and 'retries' does not exist in type 'SendOptions'.
add.s(1, 2).freeze(3); //~ Argument of type 'number' is not assignable to parameter of type 'string'.
add.s(1, 2).stamp({ a: {} }); //~ Type '{}' is not assignable to type 'StampValue'.
add.s(1, 2).stamp({ a: [{}] }); //~ Type '{}' is not assignable to type 'string | number | boolean'.
add.s(1, 2).stamp({ a: null }); //~ Type 'null' is not assignable to type 'StampValue'.
add.s(1, 2).nothing(); //~ Property 'nothing' does not exist on type 'Signature<[], number, add$>'.

// map, starmap, chunks of a task
upper.map([1]); //~ upper takes (text: string), but the items are number
upper.map(1); //~ upper takes (text: string), but the items are something else
add.map([1]); //~ add takes (x: number, y: number), but map gives one argument per item: use .starmap(...)
ping.map([1]); //~ ping takes nothing, but the items are something else: use .si(...)
add.starmap([[1]]); //~ add takes (x: number, y: number), but the tuples are [number]
add.starmap([[1, "2"]]); //~ add takes (x: number, y: number), but the tuples are [number, string]
add.starmap([1, 2]); //~ add takes (x: number, y: number), but the tuples are number
add.chunks([[1, "2"]], 2); //~ add takes (x: number, y: number), but the tuples are [number, string]
add.chunks([[1, 2]]); //~ Expected 2 arguments, but got 1.

// chain: what a step takes is what the one before returns
chain(); //~ Expected 1 arguments, but got 0.
chain(add.s(2, 3), upper.s()); //~ upper takes (text: string), but add returns number
chain(add.s(2, 3), mul.s(2), upper.s()); //~ upper takes (text: string), but mul returns number
chain(add.s(2, 3), upper.s(), upper.s()); //~ upper takes (text: string), but add returns number
chain(upper.s("a"), add.s(1)); //~ add takes (x: number), but upper returns string
chain(upper.s("a"), add.s(1), mul.s(2)); //~ add takes (x: number), but upper returns string
chain(add.s(2, 3), add.s()); //~ add takes (x: number, y: number), but add returns number
chain(add.s(2, 3), add.s(4, 5)); //~ add takes nothing, but add returns number: use .si(...)
chain(add.s(2, 3), ping.s()); //~ ping takes nothing, but add returns number: use .si(...)
chain(log.s("a"), upper.s()); //~ upper takes (text: string), but log returns void
chain(log.s("a"), ping.s()); //~ ping takes nothing, but log returns void: use .si(...)
chain(keep.s(1), upper.s()); //~ upper takes (text: string), but keep returns unknown
chain(add.s(2, 3), sum.s()); //~ sum takes (list: number[]), but add returns number
chain(fetchPage.s("a"), titles.s()); //~ titles takes (pages: Page[]), but fetchPage returns Page
chain(fetchPage.s("a"), upper.s()); //~ upper takes (text: string), but fetchPage returns Page
chain(Reports.render.s("a", 1), upper.s()); //~ upper takes (text: string), but Reports.render returns Uint8Array
chain(upper.s("a"), Reports.render.s()); //~ Reports.render takes (id: string, pages: number), but upper returns string
chain(add.s(2, 3), Reports.render.s(1)); //~ Reports.render takes (id: string), but add returns number
chain(ping.s(), add.s(1)); //~ add takes (x: number), but ping returns "pong"
chain(titles.s([]), upper.s()); //~ upper takes (text: string), but titles returns (string | null)[]
chain(add.s(2, 3), fmt.s("en")); //~ fmt takes (n: number, digits?: number), but add returns number
chain(upper.s("a"), pow.s(2)); //~ pow takes (base: number), but upper returns string
chain(upper.s("a"), pow.s()); //~ pow takes (base: number, exp?: number), but upper returns string
chain(upper.s("a"), fmt.s()); //~ fmt takes (n: number, digits?: number, locale?: string), but upper returns string
chain(add.s(1, 2), join.s("a")); //~ join takes (separator: string, ...parts: string[]), but add returns number
chain(upper.s("a"), add.partial({ x: 1 })); //~ add takes (y: number), but upper returns string
chain(upper.s("a"), fmt.partial({ digits: 1 })); //~ fmt takes (n: number, locale?: string), but upper returns string
chain(add.s(2, 3), chain(upper.s(), upper.s())); //~ upper takes (text: string), but add returns number
chain(chain(add.s(2, 3), fmt.s()), mul.s(2)); //~ mul takes (x: number), but fmt returns string
chain(add.s(2, 3), chain(upper.s(), fetchPage.s())); //~ fetchPage takes (text: string), but add returns number
chain(upper.s("a"), chord([add.s(1), mul.s(2)], sum.s())); //~ sum takes (x: number), but upper returns string
chain(chord([add.s(1, 2)], sum.s()), upper.s()); //~ upper takes (text: string), but sum returns number
chain(group(add.s(1, 2), mul.s(3, 4)), upper.s()); //~ upper takes (text: string), but group of add, mul returns [number, number]
chain(group(add.s(1, 2), upper.s("a")), sum.s()); //~ sum takes (list: number[]), but group of add, upper returns [number, string]
chain(group(closed), upper.s()); //~ upper takes (text: string), but group of this signature returns number[]
chain(group(add.s(1, 2)), add.s(1)); //~ add takes (x: number), but group of add returns [number]
chain(upper.s("a"), group(add.s(1), mul.s(2))); //~ group of add, mul takes (x: number), but upper returns string
chain(add.s(1, 2), group(add.s(1), upper.s())); //~ group of add, upper takes (x: number) & (text: string), but add returns number
chain(add.s(1, 2), group(add.s(1, 2))); //~ group of add takes nothing, but add returns number: use .si(...)
chain(add.s(1, 2), group(mul.si(1, 2), upper.s())); //~ group of mul, upper takes (text: string), but add returns number
chain(xmap(upper.s(), ["a"]), upper.s()); //~ upper takes (text: string), but group of upper returns string[]
chain(chunks(numbers, 2, sum.s()), upper.s()); //~ upper takes (text: string), but group of sum returns number[]
chain(upper.map(["a"]), upper.s()); //~ upper takes (text: string), but upper returns string[]
chain(add.starmap([[1, 2]]), upper.s()); //~ upper takes (text: string), but add returns number[]
chain(add.chunks([[1, 2]], 2), sum.s()); //~ sum takes (list: number[]), but group of add returns number[][]
chain(add.s(1, 2), upper.map(["a"])); //~ upper takes nothing, but add returns number: use .si(...)
chain(...closed); //~ this signature takes nothing, but this signature returns number: use .si(...)
chain(add.s(1, 2), ...open); //~ this signature takes (string), but this signature returns something else

// a builder is not a signature, and neither is anything else
chain(add.s(2, 3), mul); //~ mul is a builder, not a signature: use mul.s(...)
chain(add, mul.s(2)); //~ add is a builder, not a signature: use add.s(...)
chain(add.s(2, 3), Reports.render); //~ Reports.render is a builder, not a signature: use Reports.render.s(...)
chain(add.s(1, 2), 3); //~ not a signature: a task's signature is made by .s(...)
chain(add.s(1, 2), (x: number) => x); //~ not a signature: a task's signature is made by .s(...)
chain(add.s(1, 2), undefined); //~ not a signature: a task's signature is made by .s(...)
chain(add.delay(1, 2), mul.s(2)); //~ not a signature: a task's signature is made by .s(...)
chain([add.s(1, 2), mul.s(2)]); //~ not a signature: a task's signature is made by .s(...)
group(add.s(1, 2), mul); //~ mul is a builder, not a signature: use mul.s(...)
group([add.s(1, 2), mul]); //~ mul is a builder, not a signature: use mul.s(...)
group([add.s(1, 2), 3]); //~ not a signature: a task's signature is made by .s(...)
group(3); //~ not a signature: a task's signature is made by .s(...)
group("ab"); //~ not a signature: a task's signature is made by .s(...)
group(add); //~ add is a builder, not a signature: use add.s(...)
group(generate(3)); //~ not a signature: a task's signature is made by .s(...)
group(stream(add)); //~ add is a builder, not a signature: use add.s(...)
group(add.s(1, 2), [mul.s(1, 2)]); //~ not a signature: a task's signature is made by .s(...)
chord([add.s(1, 2), mul], sum.s()); //~ mul is a builder, not a signature: use mul.s(...)
chord([add.s(1, 2)], sum); //~ sum is a builder, not a signature: use sum.s(...)
chord(add, sum.s()); //~ add is a builder, not a signature: use add.s(...)
chord([add.s(1, 2)], 3); //~ not a signature: a task's signature is made by .s(...)
chord([add.s(1, 2)])(sum); //~ sum is a builder, not a signature: use sum.s(...)
add.s(1, 2).pipe(mul); //~ mul is a builder, not a signature: use mul.s(...)
add.s(1, 2).link(mul); //~ mul is a builder, not a signature: use mul.s(...)
add.s(1, 2).linkError(onFailure); //~ onFailure is a builder, not a signature: use onFailure.s(...)
xmap(upper, ["a"]); //~ upper is a builder, not a signature: use upper.s(...)
xstarmap(add, [[1, 2]]); //~ add is a builder, not a signature: use add.s(...)
chunks(numbers, 2, sum); //~ sum is a builder, not a signature: use sum.s(...)

// pipe
add.s(1, 2).pipe(upper.s()); //~ upper takes (text: string), but add returns number
add.s(1, 2).pipe(mul.s(2)).pipe(upper.s()); //~ upper takes (text: string), but mul returns number
add.s(1, 2).pipe(ping.s()); //~ ping takes nothing, but add returns number: use .si(...)
group(add.s(1, 2)).pipe(upper.s()); //~ upper takes (text: string), but group of add returns [number]
upper.s("a").pipe(group(add.s(1))); //~ group of add takes (x: number), but upper returns string

// group
group(add.s(1)).delay(); //~ Expected 1 arguments, but got 0.
group(add.s(1)).delay("a"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
group(add.s(1, 2)).delay(3); //~ Expected 0 arguments, but got 1.
group(add.s(1), upper.s()).delay(1); //~ group of add, upper takes (x: number) & (text: string), which nothing is
group(add.s(1, 2)).link(sum.s()); //~ a group has no link: use chord(group, callback)
group(closed).link(sum.s()); //~ a group has no link: use chord(group, callback)
xmap(upper.s(), ["a"]).link(keep.s()); //~ a group has no link: use chord(group, callback)
chunks(numbers, 2, sum.s()).link(sum.s()); //~ a group has no link: use chord(group, callback)
add.chunks([[1, 2]], 2).link(keep.s()); //~ a group has no link: use chord(group, callback)

// chord
chord([add.s(1, 2), mul.s(3, 4)], upper.s()); //~ upper takes (text: string), but group of add, mul returns [number, number]
chord([add.s(1, 2), upper.s("a")], sum.s()); //~ sum takes (list: number[]), but group of add, upper returns [number, string]
chord([add.s(1, 2), mul.s(3, 4)])(upper.s()); //~ upper takes (text: string), but group of add, mul returns [number, number]
chord(group(add.s(1, 2), upper.s("a")), sum.s()); //~ sum takes (list: number[]), but group of add, upper returns [number, string]
chord(texts, sum.s()); //~ sum takes (list: number[]), but group of this signature returns string[]
chord(texts)(sum.s()); //~ sum takes (list: number[]), but group of this signature returns string[]
chord(add.s(1, 2), mul.s(2)); //~ mul takes (x: number), but group of add returns [number]
chord(upper.s("a"), sum.s()); //~ sum takes (list: number[]), but group of upper returns [string]
chord([add.s(1, 2)], ping.s()); //~ ping takes nothing, but group of add returns [number]: use .si(...)
chord([add.s(1, 2)], sum.s([1])); //~ sum takes nothing, but group of add returns [number]: use .si(...)
chord([add.s(1, 2)], sum.s(), { onError: "settle" }); //~ sum takes (list: number[]), but group of add returns the outcomes of [number]
chord([add.s(1, 2)], tally.s()); //~ tally takes (outcomes: Settled<number>[]), but group of add returns [number]
chord([upper.s("a")], tally.s(), { onError: "settle" }); //~ tally takes (outcomes: Settled<number>[]), but group of upper returns the outcomes of [string]
chord([add.s(1, 2)], sum.s(), { onError: "ignore" }); //~ Type '"ignore"' is not assignable to type 'JoinPolicy | undefined'.
chord([add.s(1, 2)], sum.s(), { onerror: "fail" }); //~ Object literal may only specify known properties, but 'onerror' does not exist in type 'ChordOptions'. Did you mean to write 'onError'?
chord([add.s(1)], sum.s()).delay(); //~ Expected 1 arguments, but got 0.
chord([add.s(1)], sum.s()).delay("a"); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
chord(closed, chain(upper.s(), upper.s())); //~ upper takes (text: string), but group of this signature returns number[]
chord(closed, group(sum.s(), upper.s())); //~ group of sum, upper takes (list: number[]) & (text: string), but group of this signature returns number[]

// chunks, xmap, xstarmap
chunks(["a"], 2, sum.s()); //~ sum takes (list: number[]), but chunks gives string[]
chunks(numbers, 2, add.s(1)); //~ add takes (x: number), but chunks gives number[]
chunks(numbers, 2, ping.s()); //~ ping takes nothing, but chunks gives number[]: use .si(...)
chunks(numbers, "2", sum.s()); //~ Argument of type 'string' is not assignable to parameter of type 'number'.
chunks(3, 2, sum.s()); //~ Argument of type 'number' is not assignable to parameter of type 'Items<unknown>'.
chunks([[1]], 2, sum.s()); //~ sum takes (list: number[]), but chunks gives number[][]
xmap(upper.s(), [1, 2]); //~ upper takes (text: string), but the items are number
xmap(upper.s(), numbers); //~ upper takes (text: string), but the items are number
xmap(upper.s(), ["a", 1]); //~ upper takes (text: string), but the items are something else
xmap(add.s(), [1, 2]); //~ add takes (x: number, y: number), but the items are number
xmap(add.s(), [[1, "2"]]); //~ add takes (x: number, y: number), but the items are [number, string]
xmap(add.s(1), ["a"]); //~ add takes (x: number), but the items are string
xmap(ping.s(), [1]); //~ ping takes nothing, but the items are number: use .si(...)
xmap(upper.s(), 3); //~ upper takes (text: string), but the items are something else
xmap(fmt.s("en"), [1]); //~ fmt takes (n: number, digits?: number), but the items are number
xstarmap(add.s(), [[1, "2"]]); //~ add takes (x: number, y: number), but the tuples are [number, string]
xstarmap(add.s(), [[1]]); //~ add takes (x: number, y: number), but the tuples are [number]
xstarmap(add.s(1), [[1, 2]]); //~ add takes (x: number), but the tuples are [number, number]
xstarmap(add.s(), [1, 2]); //~ add takes (x: number, y: number), but the tuples are number

// callbacks
add.s(1, 2).link(upper.s()); //~ upper takes (text: string), but add returns number
add.s(1, 2).link(ping.s()); //~ ping takes nothing, but add returns number: use .si(...)
add.s(1, 2).link(add.s(1, 2)); //~ add takes nothing, but add returns number: use .si(...)
add.s(1, 2).link(group(mul.s(2), upper.s())); //~ group of mul, upper takes (x: number) & (text: string), but add returns number
chain(add.s(1, 2), fmt.s()).link(mul.s(2)); //~ mul takes (x: number), but fmt returns string
chord(closed, sum.s()).link(upper.s()); //~ upper takes (text: string), but sum returns number
add.s(1, 2).linkError(upper.s()); //~ upper takes (text: string), but an error callback is given a TaskFailure
add.s(1, 2).linkError(ping.s()); //~ ping takes nothing, but an error callback is given a TaskFailure: use .si(...)
add.s(1, 2).linkError(add.s(1)); //~ add takes (x: number), but an error callback is given a TaskFailure
group(closed).linkError(upper.s()); //~ upper takes (text: string), but an error callback is given a TaskFailure

// stamping
class Wrong extends StampingVisitor {
  onSignature() { //~ Property 'onSignature' in type 'Wrong' is not assignable to the same property in base type 'StampingVisitor'.
    return { a: {} };
  }
}
export class Missing extends StampingVisitor {} //~ Non-abstract class 'Missing' does not implement inherited abstract member onSignature from class 'StampingVisitor'.
add.s(1, 2).stamp(new Wrong()); //~ Argument of type 'Wrong' is not assignable to parameter of type 'Stamper'.

// by name
signature("tasks.math.ad", [1, 2]); //~ no task is called tasks.math.ad; did you mean tasks.math.add?
signature("tasks.math.add", ["1", 2]); //~ Type 'string' is not assignable to type 'number'.
signature("tasks.math.add", [1, 2, 3]); //~ Type 'number' is not assignable to type 'undefined'.
signature("tasks.math.add", [2], { immutable: true }); //~ Argument of type '[number]' is not assignable to parameter of type 'readonly [x: number, y: number]'.
signature("tasks.math.add", [2], { queue: 3 }); //~ Type 'number' is not assignable to type 'string'.
signature("tasks.math.add", ["a"], { queue: "low" }); //~ Type 'string' is not assignable to type 'number'.
chain(upper.s("a"), signature("tasks.math.add", [3])); //~ add takes (x: number), but upper returns string

// what comes out
export const wrong: Promise<AsyncResult<string>> = add.delay(1, 2); //~ Type 'Promise<AsyncResult<number>>' is not assignable to type 'Promise<AsyncResult<string>>'.
export const narrow: Signature<[], string> = add.s(1, 2); //~ Type 'Signature<[], number, add$>' is not assignable to type 'Signature<[], string, unknown>'.
export const closedOnly: Signature<[]> = add.s(1); //~ Type 'Signature<[x: number], number, add$>' is not assignable to type 'Signature<[], unknown, unknown>'.
export const other: Signature<[text: string]> = add.s(1); //~ Type 'Signature<[x: number], number, add$>' is not assignable to type 'Signature<[text: string], unknown, unknown>'.
export const revived: Signature<[], string> = maybeSignature(add.s(1).toJSON()); //~ Type 'Signature<[x: number], number, add$>' is not assignable to type 'Signature<[], string, unknown>'.
export const unknownResult: Signature<[], number> = signature("a" as string); //~ Type 'UntypedSignature' is not assignable to type 'Signature<[], number, unknown>'.
chain(fail.s(), ping.s()); //~ ping takes nothing, but fail returns never: use .si(...)
