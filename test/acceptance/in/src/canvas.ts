import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { AsyncResult, GroupResult } from "tqc";
import { fact, rejection, soon } from "./facts.js";
import {
  add,
  chain,
  chord,
  chunks,
  fine,
  group,
  ignored,
  nothing,
  pair,
  refuse,
  sum,
  tenfold,
  text,
  xmap,
  xstarmap,
} from "./tasks.gen.js";

export async function canvas(): Promise<void> {
  await chains();
  await groups();
  await chords();
}

async function chains(): Promise<void> {
  await fact("a chain hands each result on", async () => {
    const handle: AsyncResult<string> = await chain(add.s(1, 1), chain(add.s(2), add.s(3)), text.s()).delay();
    equal(await handle.get(soon), "7");
    equal(await handle.parent?.get(soon), 7);
    equal(await handle.parent?.parent?.parent?.get(soon), 2);
    equal(handle.parent?.parent?.parent?.parent, undefined);
    equal(await (await chain(add.s(1, 1), add.si(2, 3)).delay()).get(soon), 5);
    equal(await (await chain(...[add.s(1), add.s(2)]).delay(1)).get(soon), 4);
  });
  await fact("a group within a chain is a chord, at its end a list", async () => {
    equal(await (await chain(add.s(2, 2), group(add.s(0), add.s(1)), sum.s()).delay()).get(soon), 9);
    const handle: GroupResult<[number, string]> = await chain(add.s(2, 2), group(add.s(0), text.s())).delay();
    deepEqual(await handle.get(soon), [4, "4"]);
    equal(handle.results.length, 2);
  });
  await fact("a replacement takes the task's place", async () => {
    equal(await (await chain(add.s(1, 1), tenfold.s(), add.s(1)).delay()).get(soon), 21);
    deepEqual(await (await group(pair.s(1), ignored.s(1), chain(ignored.s(1), add.s(1))).delay()).get(soon), [
      [2, 3],
      undefined,
      101,
    ]);
  });
}

async function groups(): Promise<void> {
  await fact("a group's value is the list, nested as it was written", async () => {
    const handle = await group(add.s(1, 1), group(add.s(2, 2), text.s(3))).delay();
    deepEqual(await handle.join(soon), [2, [4, "3"]]);
    equal(await handle.completedCount(), 2);
    const ended: [number, unknown][] = [];
    for await (const one of handle) ended.push(one);
    deepEqual(
      ended.sort(([one], [other]) => one - other),
      [
        [0, 2],
        [1, [4, "3"]],
      ],
    );
    deepEqual(await (await group([]).delay()).get(soon), []);
    deepEqual(await (await group(add.s(1), add.si(2, 3)).delay(5)).get(soon), [6, 5]);
  });
  await fact("a group takes iterables of both kinds", async () => {
    const members = [add.s(1, 1), add.s(2, 2)];
    async function* later() {
      yield* members;
    }
    deepEqual(await (await group(new Set(members)).delay()).get(soon), [2, 4]);
    deepEqual(await (await group(later()).delay()).get(soon), [2, 4]);
  });
  await fact("chunks, xmap and xstarmap are groups", async () => {
    deepEqual(await (await chunks([1, 2, 3, 4, 5], 2, sum.s()).delay()).get(soon), [3, 7, 5]);
    equal(await (await chunks([1, 2, 3], 2, sum.s()).pipe(sum.s()).delay()).get(soon), 6);
    deepEqual(
      await (
        await xmap(add.s(), [
          [1, 2],
          [3, 4],
        ]).delay()
      ).get(soon),
      [3, 7],
    );
    deepEqual(await (await xmap(add.s(10), [1, 2]).delay()).get(soon), [11, 12]);
    deepEqual(await (await xmap(sum.s(), [[1, 2], [3]]).delay()).get(soon), [3, 3]);
    deepEqual(await (await xstarmap(add.s(), [[1, 2]]).delay()).get(soon), [3]);
  });
  await fact("a group has no link", async () => {
    const refused = group(add.s(1, 1)) as unknown as { link(callback: unknown): unknown };
    const error = await rejection(Promise.resolve().then(() => refused.link(nothing.si())));
    ok(error instanceof TypeError);
    match(error.message, /chord/);
  });
}

async function chords(): Promise<void> {
  await fact("a chord's body is given the list", async () => {
    equal(await (await chord([add.s(1, 1), add.s(2, 2)], sum.s()).delay()).get(soon), 6);
    equal(await (await chord([add.s(1), add.s(2)])(sum.s()).delay(10)).get(soon), 23);
    equal(await (await chord(group([add.s(1, 1)]), sum.s()).delay()).get(soon), 2);
    equal(await (await chord(add.s(1, 1), sum.s()).delay()).get(soon), 2);
    equal(await (await chord([], sum.s()).delay()).get(soon), 0);
    const nested = chord([chord([add.s(1, 2), add.s(3, 4)], sum.s()), add.s(2, 3)], sum.s());
    equal(await (await nested.delay()).get(soon), 15);
    equal(await nested.apply(), 15);
  });
  await fact("a settled chord's body is given the outcomes", async () => {
    const settled = chord([add.s(1, 1), refuse.s("no")], fine.s(), { onError: "settle" });
    equal(await (await settled.delay()).get(soon), "2; tasks.trouble.refuse: no");
  });
}
