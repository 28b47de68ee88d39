import { deepEqual, equal, match, ok } from "node:assert/strict";
import {
  ChordError,
  type TaskFailedError as Failed,
  ResultTimeoutError,
  TaskFailedError,
  type TaskFailure,
  TaskRevokedError,
  TimeLimitExceededError,
} from "tqc";
import { fact, noted, rejection, soon } from "./facts.js";
import {
  add,
  again,
  alarm,
  app,
  chain,
  chord,
  group,
  headers,
  lie,
  note,
  notThat,
  refuse,
  secondTime,
  shout,
  slow,
  stamps,
  steps,
  sum,
  wait,
} from "./tasks.gen.js";

export async function results(): Promise<void> {
  await failures();
  await handles();
  await callbacks();
}

async function failures(): Promise<void> {
  await fact("a failure is the task's own error, with where it happened", async () => {
    const error = (await rejection((await chain(refuse.s("no"), add.s(1)).delay()).get(soon))) as Failed;
    ok(error instanceof TaskFailedError && error.cause instanceof Error);
    deepEqual([error.code, error.task, error.path], ["TASK_FAILED", "tasks.trouble.refuse", "chain[0]"]);
    deepEqual(
      { ...error.cause, text: error.cause.message, name: error.cause.name },
      { extra: 42, text: "no", name: "Refused" },
    );
    equal(await app.result(error.taskId).state(), "FAILURE");
    const shouted = await rejection((await shout.delay("help")).get(soon));
    equal((shouted.cause as Error).message, "help");
    ok((await rejection((await lie.delay()).get(soon))) instanceof TaskFailedError);
  });
  await fact("a chord's is a ChordError, a group's the first failure", async () => {
    const failed = await rejection((await chord([add.s(1, 1), refuse.s("x")], sum.s()).delay()).get(soon));
    ok(failed instanceof ChordError && failed.cause instanceof TaskFailedError);
    const first = await rejection((await group(add.s(1, 1), refuse.s("x")).delay()).get(soon));
    ok(first instanceof TaskFailedError && (first.cause as Error).name === "Refused");
  });
  await fact("retries are what the options say", async () => {
    equal(await (await secondTime.delay()).get(soon), 1);
    equal(await (await again.delay()).get(soon), 2);
    match(((await rejection((await notThat.delay()).get(soon))) as Failed).message, /not that/);
  });
  await fact("time limits, timeouts and revocation are themselves", async () => {
    ok((await rejection((await slow.delay()).get(soon))) instanceof TimeLimitExceededError);
    const waiting = await wait.delay();
    ok((await rejection(waiting.get({ timeout: 20 }))) instanceof ResultTimeoutError);
    while ((await waiting.state()) !== "STARTED") await new Promise(setImmediate);
    await waiting.revoke({ terminate: true });
    ok((await rejection(waiting.get(soon))) instanceof TaskRevokedError);
    equal(await waiting.state(), "REVOKED");
    const expired = await add.applyAsync([1, 2], { countdown: "1h", expires: 20 });
    ok((await rejection(expired.get(soon))) instanceof TaskRevokedError);
  });
}

async function handles(): Promise<void> {
  await fact("a handle tells of states, times, progress and stamps", async () => {
    const handle = await steps.s(3).stamp({ requestId: "r1" }).delay();
    equal(await handle.get(soon), 3);
    deepEqual([await handle.state(), await handle.ready(), await handle.failed()], ["SUCCESS", true, false]);
    const { times, stamps: stamped, progress, attempt, task } = await handle.info();
    ok(times.started instanceof Date && times.finished instanceof Date && times.submitted <= times.finished);
    deepEqual(
      [stamped, progress, attempt, task],
      [{ requestId: "r1" }, { done: 3, total: 3 }, 0, "tasks.trouble.steps"],
    );
    await handle.forget();
    equal(await handle.state(), "PENDING");
  });
  await fact("a handle is opened again by its id", async () => {
    const run = await chain(add.s(1, 1), add.s(2)).delay();
    equal(await run.get(soon), 4);
    const opened = await app.result<number>(run.id).load();
    deepEqual([await opened.get(soon), await opened.parent?.get(soon), opened.children.length], [4, 2, 2]);
  });
  await fact("stamps and headers reach the tasks; the inner stamp wins", async () => {
    const stamped = group(stamps.s().stamp({ a: 1 }), chain(stamps.s(), stamps.si())).stamp({ a: 2, b: true });
    const both = '[["a",2],["b",true]]';
    deepEqual(await (await stamped.delay()).get(soon), ['[["a",1],["b",true]]', both]);
    deepEqual(await (await headers.applyAsync([], { headers: { from: "here" } })).get(soon), { from: "here" });
    const late = await add
      .s(1, 2)
      .set({ countdown: "1h" })
      .stamp({ batch: `${process.pid}` })
      .delay();
    await app.revokeByStamps({ batch: `${process.pid}` });
    ok((await rejection(late.get(soon))) instanceof TaskRevokedError);
  });
}

async function callbacks(): Promise<void> {
  await fact("a callback is given the value, once", async () => {
    await (await chain(add.s(1, 2), add.s(3)).link(note.s("linked")).delay()).get(soon);
    deepEqual(await noted("linked"), [6]);
  });
  await fact("an error callback is given the failure, once, however deep it was", async () => {
    const deep = chord([chord([refuse.s("deep"), add.s(1, 1)], sum.s()), add.s(1, 1)], sum.s());
    await rejection((await deep.linkError(alarm.s("deep")).delay()).get(soon));
    const [failure, ...more] = (await noted("deep")) as TaskFailure[];
    deepEqual(more, []);
    deepEqual(
      [failure?.task, failure?.error.name, failure?.error.message],
      ["tasks.trouble.refuse", "Refused", "deep"],
    );
    match(failure?.path ?? "", /^chord\/header\[0\]\/.*header\[0\]/);
  });
}
