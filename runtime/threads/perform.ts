/** The thread's side of an attempt: the function is called as on the event loop, and whatever it does becomes an answer. */

import { runWithin } from "../attempt/context.js";
import type { Implementation } from "../attempt/known.js";
import { ReplaceRequest, RetryRequest } from "../attempt/requests.js";
import { toJson } from "../canvas/json.js";
import { resolveStamps } from "../canvas/stamping.js";
import { needTree } from "../canvas/value.js";
import { decode, encode } from "../codec/codec.js";
import { reviveError, serializeError } from "../codec/error-record.js";
import { ManifestMismatchError } from "../errors.js";
import { gather } from "../plan/stream.js";
import type { Answer, Job, News, Notice } from "./job.js";
import { ThreadTask } from "./thread-task.js";

/** Performs a job with the functions registered here. Never rejects. */
export async function performJob(job: Job, registry: ReadonlyMap<string, Implementation>): Promise<Answer> {
  const stop = new AbortController();
  job.port.on("message", (reason: Notice) => stop.abort(reviveError(reason)));
  try {
    const run = implementation(job, registry);
    const tell = (news: News) => job.port.postMessage(news);
    tell({ kind: "started" });
    const values = await callEach(job, run, new ThreadTask(job.view, stop.signal, tell));
    return { kind: "value", text: encode(job.mapped ? values : values[0]) };
  } catch (thrown) {
    if (stop.signal.aborted && thrown === stop.signal.reason) return { kind: "aborted" };
    return answerTo(thrown).catch((error: unknown) => failed(error));
  }
}

function implementation({ task, module }: Job, registry: ReadonlyMap<string, Implementation>): Implementation {
  const run = registry.get(task);
  if (run) return run;
  throw new ManifestMismatchError(
    `${task} is to run in a thread, but ${module}, loaded there, registers no such task; does it register others elsewhere?`,
  );
}

async function callEach(job: Job, run: Implementation, task: ThreadTask): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const args of decode(job.calls) as readonly (readonly unknown[])[]) {
    task.signal.throwIfAborted();
    values.push(await runWithin(task, run, args));
  }
  return values;
}

async function answerTo(thrown: unknown): Promise<Answer> {
  if (thrown instanceof RetryRequest) {
    const { countdown, cause } = thrown.options;
    return {
      kind: "retry",
      ...(countdown !== undefined && { countdown }),
      ...(cause !== undefined && { cause: serializeError(cause) }),
    };
  }
  if (!(thrown instanceof ReplaceRequest)) return failed(thrown);
  const tree = await gather(resolveStamps(needTree(thrown.replacement, "replace")), false);
  return { kind: "replace", canvas: toJson(tree) };
}

function failed(thrown: unknown): Answer {
  return { kind: "thrown", error: serializeError(thrown) };
}
