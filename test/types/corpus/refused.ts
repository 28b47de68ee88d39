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
add.s("2", 3);
add.s(2, "3");
add.s("3");
add.s(1, 2, 3);
ping.s(1);
upper.s(1);
sum.s(["1"]);
add.si();
add.si(1);
add.si("1", 2);
add.delay();
add.delay(1);
add.delay(1, "2");
add.delay(1, 2, 3);
fmt.delay(1, "en");
fetchPage.delay("a", "slow");
fmt.s(true);
pow.s(1, 2, 3);
add.apply(1);
add.applyAsync();
add.applyAsync([1]);
add.applyAsync([1, "2"]);
add.applyAsync([1, 2], { countdown: "soon" });
add.applyAsync([1, 2], { prio: 3 });
add.applyAsync([1, 2], { headers: { a: 1 } });
Reports.render.s(1, 2);

// partial
add.partial({ z: 1 });
add.partial({ x: 1, z: 2 });
add.partial({ x: "1" });
ping.partial({ x: 1 });
fmt.partial({ digits: "2" });

// a signature's own methods
add.s(1).delay();
add.s(1).delay("2");
add.s(1).delay(2, 3);
add.s(1, 2).delay(3);
add.s(1).applyAsync();
add.s(1).applyAsync(["2"]);
add.s(1).apply();
add.s(1, 2).set({ queue: 3 });
add.s(1, 2).set({ retries: 3 });
add.s(1, 2).freeze(3);
add.s(1, 2).stamp({ a: {} });
add.s(1, 2).stamp({ a: [{}] });
add.s(1, 2).stamp({ a: null });
add.s(1, 2).nothing();

// map, starmap, chunks of a task
upper.map([1]);
upper.map(1);
add.map([1]);
ping.map([1]);
add.starmap([[1]]);
add.starmap([[1, "2"]]);
add.starmap([1, 2]);
add.chunks([[1, "2"]], 2);
add.chunks([[1, 2]]);

// chain: what a step takes is what the one before returns
chain();
chain(add.s(2, 3), upper.s());
chain(add.s(2, 3), mul.s(2), upper.s());
chain(add.s(2, 3), upper.s(), upper.s());
chain(upper.s("a"), add.s(1));
chain(upper.s("a"), add.s(1), mul.s(2));
chain(add.s(2, 3), add.s());
chain(add.s(2, 3), add.s(4, 5));
chain(add.s(2, 3), ping.s());
chain(log.s("a"), upper.s());
chain(log.s("a"), ping.s());
chain(keep.s(1), upper.s());
chain(add.s(2, 3), sum.s());
chain(fetchPage.s("a"), titles.s());
chain(fetchPage.s("a"), upper.s());
chain(Reports.render.s("a", 1), upper.s());
chain(upper.s("a"), Reports.render.s());
chain(add.s(2, 3), Reports.render.s(1));
chain(ping.s(), add.s(1));
chain(titles.s([]), upper.s());
chain(add.s(2, 3), fmt.s("en"));
chain(upper.s("a"), pow.s(2));
chain(upper.s("a"), pow.s());
chain(upper.s("a"), fmt.s());
chain(add.s(1, 2), join.s("a"));
chain(upper.s("a"), add.partial({ x: 1 }));
chain(upper.s("a"), fmt.partial({ digits: 1 }));
chain(add.s(2, 3), chain(upper.s(), upper.s()));
chain(chain(add.s(2, 3), fmt.s()), mul.s(2));
chain(add.s(2, 3), chain(upper.s(), fetchPage.s()));
chain(upper.s("a"), chord([add.s(1), mul.s(2)], sum.s()));
chain(chord([add.s(1, 2)], sum.s()), upper.s());
chain(group(add.s(1, 2), mul.s(3, 4)), upper.s());
chain(group(add.s(1, 2), upper.s("a")), sum.s());
chain(group(closed), upper.s());
chain(group(add.s(1, 2)), add.s(1));
chain(upper.s("a"), group(add.s(1), mul.s(2)));
chain(add.s(1, 2), group(add.s(1), upper.s()));
chain(add.s(1, 2), group(add.s(1, 2)));
chain(add.s(1, 2), group(mul.si(1, 2), upper.s()));
chain(xmap(upper.s(), ["a"]), upper.s());
chain(chunks(numbers, 2, sum.s()), upper.s());
chain(upper.map(["a"]), upper.s());
chain(add.starmap([[1, 2]]), upper.s());
chain(add.chunks([[1, 2]], 2), sum.s());
chain(add.s(1, 2), upper.map(["a"]));
chain(...closed);
chain(add.s(1, 2), ...open);

// a builder is not a signature, and neither is anything else
chain(add.s(2, 3), mul);
chain(add, mul.s(2));
chain(add.s(2, 3), Reports.render);
chain(add.s(1, 2), 3);
chain(add.s(1, 2), (x: number) => x);
chain(add.s(1, 2), undefined);
chain(add.delay(1, 2), mul.s(2));
chain([add.s(1, 2), mul.s(2)]);
group(add.s(1, 2), mul);
group([add.s(1, 2), mul]);
group([add.s(1, 2), 3]);
group(3);
group("ab");
group(add);
group(generate(3));
group(stream(add));
group(add.s(1, 2), [mul.s(1, 2)]);
chord([add.s(1, 2), mul], sum.s());
chord([add.s(1, 2)], sum);
chord(add, sum.s());
chord([add.s(1, 2)], 3);
chord([add.s(1, 2)])(sum);
add.s(1, 2).pipe(mul);
add.s(1, 2).link(mul);
add.s(1, 2).linkError(onFailure);
xmap(upper, ["a"]);
xstarmap(add, [[1, 2]]);
chunks(numbers, 2, sum);

// pipe
add.s(1, 2).pipe(upper.s());
add.s(1, 2).pipe(mul.s(2)).pipe(upper.s());
add.s(1, 2).pipe(ping.s());
group(add.s(1, 2)).pipe(upper.s());
upper.s("a").pipe(group(add.s(1)));

// group
group(add.s(1)).delay();
group(add.s(1)).delay("a");
group(add.s(1, 2)).delay(3);
group(add.s(1), upper.s()).delay(1);
group(add.s(1, 2)).link(sum.s());
group(closed).link(sum.s());
xmap(upper.s(), ["a"]).link(keep.s());
chunks(numbers, 2, sum.s()).link(sum.s());
add.chunks([[1, 2]], 2).link(keep.s());

// chord
chord([add.s(1, 2), mul.s(3, 4)], upper.s());
chord([add.s(1, 2), upper.s("a")], sum.s());
chord([add.s(1, 2), mul.s(3, 4)])(upper.s());
chord(group(add.s(1, 2), upper.s("a")), sum.s());
chord(texts, sum.s());
chord(texts)(sum.s());
chord(add.s(1, 2), mul.s(2));
chord(upper.s("a"), sum.s());
chord([add.s(1, 2)], ping.s());
chord([add.s(1, 2)], sum.s([1]));
chord([add.s(1, 2)], sum.s(), { onError: "settle" });
chord([add.s(1, 2)], tally.s());
chord([upper.s("a")], tally.s(), { onError: "settle" });
chord([add.s(1, 2)], sum.s(), { onError: "ignore" });
chord([add.s(1, 2)], sum.s(), { onerror: "fail" });
chord([add.s(1)], sum.s()).delay();
chord([add.s(1)], sum.s()).delay("a");
chord(closed, chain(upper.s(), upper.s()));
chord(closed, group(sum.s(), upper.s()));

// chunks, xmap, xstarmap
chunks(["a"], 2, sum.s());
chunks(numbers, 2, add.s(1));
chunks(numbers, 2, ping.s());
chunks(numbers, "2", sum.s());
chunks(3, 2, sum.s());
chunks([[1]], 2, sum.s());
xmap(upper.s(), [1, 2]);
xmap(upper.s(), numbers);
xmap(upper.s(), ["a", 1]);
xmap(add.s(), [1, 2]);
xmap(add.s(), [[1, "2"]]);
xmap(add.s(1), ["a"]);
xmap(ping.s(), [1]);
xmap(upper.s(), 3);
xmap(fmt.s("en"), [1]);
xstarmap(add.s(), [[1, "2"]]);
xstarmap(add.s(), [[1]]);
xstarmap(add.s(1), [[1, 2]]);
xstarmap(add.s(), [1, 2]);

// callbacks
add.s(1, 2).link(upper.s());
add.s(1, 2).link(ping.s());
add.s(1, 2).link(add.s(1, 2));
add.s(1, 2).link(group(mul.s(2), upper.s()));
chain(add.s(1, 2), fmt.s()).link(mul.s(2));
chord(closed, sum.s()).link(upper.s());
add.s(1, 2).linkError(upper.s());
add.s(1, 2).linkError(ping.s());
add.s(1, 2).linkError(add.s(1));
group(closed).linkError(upper.s());

// stamping
class Wrong extends StampingVisitor {
  onSignature() {
    return { a: {} };
  }
}
export class Missing extends StampingVisitor {}
add.s(1, 2).stamp(new Wrong());

// by name
signature("tasks.math.ad", [1, 2]);
signature("tasks.math.add", ["1", 2]);
signature("tasks.math.add", [1, 2, 3]);
signature("tasks.math.add", [2], { immutable: true });
signature("tasks.math.add", [2], { queue: 3 });
signature("tasks.math.add", ["a"], { queue: "low" });
chain(upper.s("a"), signature("tasks.math.add", [3]));

// what comes out
export const wrong: Promise<AsyncResult<string>> = add.delay(1, 2);
export const narrow: Signature<[], string> = add.s(1, 2);
export const closedOnly: Signature<[]> = add.s(1);
export const other: Signature<[text: string]> = add.s(1);
export const revived: Signature<[], string> = maybeSignature(add.s(1).toJSON());
export const unknownResult: Signature<[], number> = signature("a" as string);
chain(fail.s(), ping.s());
