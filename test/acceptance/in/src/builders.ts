import { deepEqual, equal, match, ok } from "node:assert/strict";
import { currentTask, InvalidArgumentsError, type Signature, UnknownTaskError } from "tqc";
import { fact, rejection, soon } from "./facts.js";
import {
  add,
  app,
  chain,
  fetchPage,
  format,
  join,
  maybeSignature,
  minus,
  nothing,
  ping,
  Reports,
  report,
  signature,
  text,
  upper,
} from "./tasks.gen.js";

export async function builders(): Promise<void> {
  await calls();
  await signatures();
}

async function calls(): Promise<void> {
  await fact("a task is sent and its value comes back", async () => {
    equal(await (await add.delay(2, 3)).get(soon), 5);
    equal(await (await add.applyAsync([2, 3], { countdown: "5ms", priority: 9 })).get(soon), 5);
    equal(await (await ping.applyAsync()).get(soon), "pong");
    equal(await (await nothing.delay()).get(soon), undefined);
    equal(await (await report.delay(4)).get(soon), 4);
    equal(await (await fetchPage.delay("a")).get(soon), "page a");
  });
  await fact("what is given later goes in front", async () => {
    equal(await (await minus.s(3).delay(10)).get(soon), 7);
    equal(await (await minus.s().delay(10, 3)).get(soon), 7);
    equal(await (await minus.partial({ from: 3 }).delay(10)).get(soon), -7);
    equal(await (await format.s("en").delay(1, 2)).get(soon), "1/2/en");
    equal(await (await join.s(1, 2).delay("a", 9)).get(soon), "a,9,1,2");
  });
  await fact("map, starmap and chunks call for each item, in order", async () => {
    deepEqual(await (await upper.map(["a", "b"]).delay()).get(soon), ["A", "B"]);
    deepEqual(
      await (
        await add
          .starmap([
            [1, 2],
            [3, 4],
          ])
          .delay()
      ).get(soon),
      [3, 7],
    );
    deepEqual(
      await (
        await add
          .chunks(
            [
              [1, 2],
              [3, 4],
              [5, 6],
            ],
            2,
          )
          .delay()
      ).get(soon),
      [[3, 7], [11]],
    );
  });
  await fact("values arrive as they left", async () => {
    const made = { id: "z", made: new Date(0), tags: new Set(["new"]), size: 12n };
    deepEqual(await (await Reports.render.delay("z")).get(soon), made);
    equal(await (await Reports.lengthOf.delay("four")).get(soon), 4);
  });
  await fact("apply runs here; currentTask is known inside a task only", async () => {
    equal(await add.apply(2, 3), 5);
    equal(await add.s(3).apply(4), 7);
    ok((await rejection(Promise.resolve().then(currentTask))) instanceof Error);
  });
}

async function signatures(): Promise<void> {
  await fact("a signature is a value", async () => {
    const open = add.s(3);
    ok(open.set({ priority: 3 }) !== open && open.clone() !== open && open.id === undefined);
    const fixed = open.freeze(`fixed-${process.pid}-${Date.now()}`);
    const handle = await fixed.delay(1);
    equal(handle.id, fixed.id);
    equal(await app.result<number>(handle.id).get(soon), 4);
  });
  await fact("a signature goes to JSON and back", async () => {
    const whole: Signature<[number], string> = add
      .s(1)
      .pipe(text.s())
      .stamp({ a: 1 })
      .set({ headers: { h: "1" } });
    const json = JSON.stringify(whole);
    const back = maybeSignature(JSON.parse(json) as unknown);
    equal(JSON.stringify(back), json);
    equal(await (await (back as typeof whole).delay(5)).get(soon), "6");
    equal(maybeSignature("something else"), "something else");
  });
  await fact("a signature by name is one like any other", async () => {
    equal(await (await signature("tasks.math.minus", [3]).delay(10)).get(soon), 7);
    equal(
      await (await chain(add.s(1, 1), signature("tasks.math.add", [2, 3], { immutable: true })).delay()).get(soon),
      5,
    );
  });
  await fact("what does not fit is not sent", async () => {
    const [name, few] = ["tasks.math.ad" as string, [1] as unknown as [number, number]];
    const unknown = await rejection(Promise.resolve().then(() => signature(name, [1, 2]).delay()));
    ok(unknown instanceof UnknownTaskError && unknown.code === "UNKNOWN_TASK");
    match(unknown.message, /tasks\.math\.add/);
    const unfit = await rejection(Promise.resolve().then(() => add.delay(...few)));
    ok(unfit instanceof InvalidArgumentsError && unfit.code === "INVALID_ARGUMENTS");
  });
  await fact("many signatures are sent at once", async () => {
    const handles = await app.submit([add.s(1, 2), text.s(3)]);
    deepEqual(await Promise.all(handles.map((handle) => handle.get(soon))), [3, "3"]);
  });
}
