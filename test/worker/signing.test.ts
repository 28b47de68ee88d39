import { describe, expect, onTestFinished, test } from "vitest";
import { currentTask, type Replacement } from "../../runtime/attempt/context.js";
import type { Submission } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { signatureOf } from "../../runtime/canvas/value.js";
import { createApp } from "../../runtime/client/client.js";
import { createLogger } from "../../runtime/logger.js";
import { KeyRing } from "../../runtime/signing.js";
import { type Message, readMessage, writeMessage } from "../../runtime/wire.js";
import { call, chain, chord, contract } from "./rig.js";

const tasks = {
  add: (x: number, y: number) => x + y,
  sum: (list: number[]) => list.reduce((a, b) => a + b, 0),
  wipe: () => "wiped",
  flaky: () => (currentTask().attempt === 0 ? currentTask().retry({ countdown: 1 }) : "at last"),
  become: () =>
    currentTask().replace(signatureOf<Replacement>(chain(call("add", [1, 2]), call("add", [3])), undefined)),
};

/** One broker, through which whatever is submitted passes `forge` first. */
function site(forge: (message: Message) => Message = (message) => message) {
  const broker = createMemoryBroker();
  onTestFinished(() => broker.close());
  const lines: string[] = [];
  const logger = createLogger((_, fields, text) => lines.push(`${text} ${JSON.stringify(fields)}`), "warn");
  const bent = {
    ...broker,
    submit: (submissions: readonly Submission[]) =>
      broker.submit(
        submissions.map((submission) => ({
          ...submission,
          ready: submission.ready.map((node) => ({ ...node, text: writeMessage(forge(readMessage(node.text))) })),
        })),
      ),
  };
  const appWith = (signingKeys?: string, via = broker) => {
    const app = createApp({ broker: via, ...(signingKeys !== undefined && { signingKeys }) });
    for (const name of Object.keys(tasks)) app.declare(contract(name, { options: { maxRetries: 1 } }));
    onTestFinished(() => app.close());
    return app;
  };
  return {
    lines,
    /** Sends a tree through `forge`. */
    send: (keys: string | undefined, tree: Tree) => appWith(keys, bent).submit(tree, []),
    async serve(keys?: string) {
      const app = appWith(keys);
      app.register(tasks);
      const worker = app.worker({ logger });
      await worker.start();
      onTestFinished(() => worker.stop({ timeout: 0 }));
      return worker;
    },
    aside: async () => (await broker.overview()).aside.map(({ task, reason }) => `${task}: ${reason}`),
  };
}

describe("a worker with keys", () => {
  test.each<[string, Tree, unknown]>([
    ["a call", call("add", [2, 3]), 5],
    ["a chain", chain(call("add", [2, 3]), call("add", [4])), 9],
    ["a chord", chord([call("add", [1, 1]), call("add", [2, 2])], call("sum")), 6],
    ["a retry", call("flaky"), "at last"],
    ["a replacement", call("become"), 6],
  ])("runs %s that was signed", async (_, tree, value) => {
    const { send, serve } = site();
    await serve("k1:secret");
    expect(await (await send("k1:secret", tree)).get()).toBe(value);
  });

  test.each<[string, (message: Message) => Message]>([
    ["the task", (message) => ({ ...message, header: { ...message.header, task: "wipe" } })],
    ["the arguments", (message) => ({ ...message, args: "[2,4]" })],
    ["the options", (message) => ({ ...message, header: { ...message.header, options: { maxRetries: 99 } } })],
    ["the mode", (message) => ({ ...message, header: { ...message.header, mode: "map" } })],
    ["what follows", (message) => ({ ...message, edges: "n1" })],
    ["its place", (message) => ({ ...message, index: 7 })],
    ["its run", (message) => ({ ...message, run: "other" })],
    ["the stamps", (message) => ({ ...message, header: { ...message.header, stamps: { tenant: "b" } } })],
    ["the expiry", (message) => ({ ...message, header: { ...message.header, expires: 9e15 } })],
    ["the signature", (message) => ({ ...message, header: { ...message.header, signature: "k1:AAAA" } })],
    ["the key", (message) => ({ ...message, header: { ...message.header, signature: "k9:AAAA" } })],
  ])("sets aside a message of which %s was forged, and says so", async (_, forge) => {
    const { send, serve, aside, lines } = site(forge);
    await serve("k1:secret");
    await send("k1:secret", call("add", [2, 3]));
    await expect.poll(aside).toEqual([expect.stringMatching(/^(add|wipe): unsigned$/)]);
    expect(lines).toEqual([expect.stringContaining("was set aside: it is not what its signature was made for")]);
    expect(lines.join()).not.toContain("secret");
  });

  test("sets aside what is not signed at all; a worker without keys takes it back", async () => {
    const { send, serve, aside, lines } = site();
    const strict = await serve("k1:secret");
    const handle = await send(undefined, call("add", [2, 3]));
    await expect.poll(aside).toEqual(["add: unsigned"]);
    expect(lines).toEqual([expect.stringContaining("add was set aside: it is not signed")]);
    await strict.stop();
    await serve();
    expect(await handle.get()).toBe(5);
  });

  test("takes back what a worker of other keys set aside, if it can verify it", async () => {
    const { send, serve, aside } = site();
    const old = await serve("k1:older");
    const handle = await send("k2:secret,k1:older", call("add", [2, 3]));
    await expect.poll(aside).toEqual(["add: unsigned"]);
    await old.stop();
    await serve("k2:secret,k1:older");
    expect(await handle.get()).toBe(5);
    expect(await aside()).toEqual([]);
  });

  test("verifies with every key it has: that is how keys are rotated", async () => {
    const { send, serve } = site();
    await serve("k2:secret,k1:older");
    expect(await (await send("k1:older", call("add", [1, 1]))).get()).toBe(2);
    expect(await (await send("k2:secret", call("add", [2, 2]))).get()).toBe(4);
  });

  test("checks the type of what a node is given, which nobody signs", async () => {
    const broker = createMemoryBroker();
    onTestFinished(() => broker.close());
    const app = createApp({ broker, signingKeys: "k1:secret" });
    app.declare(contract("text", {}));
    const parameters = [{ name: "x", schema: { type: "number" }, text: "x: number" }];
    app.declare(contract("half", { parameters }));
    app.register({ text: () => "four", half: (x: number) => x / 2 });
    const worker = app.worker();
    await worker.start();
    onTestFinished(() => worker.stop());
    const handle = await app.submit(chain(call("text"), call("half")), []);
    await expect(handle.get()).rejects.toMatchObject({ name: "InvalidArgumentsError" });
  });
});

describe("signing keys", () => {
  test("come from TQC_SIGNING_KEYS where the application names none", async () => {
    process.env.TQC_SIGNING_KEYS = "k1:secret";
    onTestFinished(() => void delete process.env.TQC_SIGNING_KEYS);
    const { send, serve, aside } = site();
    await serve();
    await send("k1:other", call("add", [2, 3]));
    await expect.poll(aside).toEqual(["add: unsigned"]);
  });

  test.each(["nosecret", "k1:", ":secret", "k 1:secret"])("%j is none, and is not repeated", (keys) => {
    expect(() => KeyRing.of(keys)).toThrow(/^signing key 1 is not "id:secret"/);
  });

  test("are none where none are given", () => {
    expect(KeyRing.of("")).toBeUndefined();
    expect(KeyRing.of(undefined)).toBeUndefined();
    expect(KeyRing.of([" k1:a:b "])).toBeInstanceOf(KeyRing);
  });
});
