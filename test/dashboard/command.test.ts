import { tmpdir } from "node:os";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { endAll, startTqc, tqc } from "../commands/command-line.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { ask } from "./visitor.js";

const where = { cwd: tmpdir() };
let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterEach(endAll);
afterAll(() => redis.stop());

test("tqc dashboard says where it is, serves, and ends with 0 when it is told to", async () => {
  const running = startTqc(["dashboard", "--port", "0", "--broker", redis.url], where);
  const [, link = ""] = await running.says(/^(http:\/\/127\.0\.0\.1:\d+\/)$/m);
  expect((await ask(link)).text).toContain("<title>tqc</title>");
  expect((await ask(`${link}api/hello`)).json()).toMatchObject({
    readOnly: false,
    version: expect.stringMatching(/^\d/),
  });
  expect(await running.end()).toBe(0);
});

test("it takes its token from the environment, and --read-only", async () => {
  const env = { TQC_DASHBOARD_TOKEN: "a-long-enough-token" };
  const running = startTqc(["dashboard", "--port", "0", "--read-only", "--broker", redis.url], { ...where, env });
  const [, base = ""] = await running.says(/^(http:\S+)\?token=a-long-enough-token$/m);
  expect((await ask(`${base}api/hello`)).status).toBe(401);
  const headers = { authorization: "Bearer a-long-enough-token" };
  expect((await ask(`${base}api/hello`, { headers })).json()).toMatchObject({ readOnly: true });
  expect(await running.end()).toBe(0);
});

test.each([
  [["--port", "70000", "--broker", "redis://127.0.0.1:1"], /from 0 to 65535/],
  [["--token", "short", "--broker", "redis://127.0.0.1:1"], /8 characters/],
  [["--broker", "memory://"], /lives inside one process/],
  [["--host", "203.0.113.7", "--port", "0", "--broker", "redis://127.0.0.1:1"], /cannot listen at 203\.0\.113\.7/],
])("exits 2 where it is told what cannot be: %j", async (args, says) => {
  const { code, stderr } = await tqc(["dashboard", ...args], where);
  expect(stderr).toMatch(says);
  expect(code).toBe(2);
});
