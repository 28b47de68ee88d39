import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import { BrokerUnavailableError } from "../../runtime/errors.js";
import { openClient } from "../setup/client.js";
import { freePort } from "../setup/ports.js";
import { startRedis } from "../setup/redis.js";
import { startLoad, wanted } from "./servers/load.js";

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

/** A certificate for 127.0.0.1 that nobody but this test trusts. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "tqc-tls-"));
  ended.push(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", [...made, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  return { key, cert };
}

async function runs(broker: ReturnType<typeof connectRedisBroker>): Promise<void> {
  const load = await startLoad(broker);
  const handles = await load.submit(10);
  const values = await Promise.all(handles.map((handle) => handle.get({ timeout: "15s" })));
  await load.stop();
  expect(values).toEqual(handles.map((_, n) => wanted(n)));
}

test("over TLS a trusted certificate serves, and another is refused", async () => {
  const { key, cert } = certificate();
  const port = await freePort();
  const args = ["--tls-port", `${port}`, "--tls-cert-file", cert, "--tls-key-file", key, "--tls-auth-clients", "no"];
  const redis = await startRedis({ args });
  ended.push(() => redis.stop());
  const url = `rediss://127.0.0.1:${port}`;
  await runs(connectRedisBroker(url, { tls: { ca: readFileSync(cert, "utf8") } }));
  const stranger = connectRedisBroker(url, { connectTimeout: 500 });
  const refused = await stranger.inspect("r").catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(BrokerUnavailableError);
  expect(String(refused)).toMatch(/self.signed certificate/);
  await stranger.close();
});

/** The rules that docs/security.md tells people to set. */
function documentedRules(): string[] {
  const page = readFileSync(fileURLToPath(new URL("../../docs/security.md", import.meta.url)), "utf8");
  const [, rules = ""] = /```acl\n(.*?)```/s.exec(page) ?? [];
  const [command, name, ...rest] = rules.replace(/\\\n/g, " ").trim().split(/\s+/);
  expect([command, name]).toEqual(["user", "tqc"]);
  return rest.map((rule) => (rule.startsWith(">") ? ">secret" : rule));
}

test("the documented user is enough for all that tqc does, and for nothing else", async () => {
  const redis = await startRedis({ args: ["--requirepass", "admin"] });
  ended.push(() => redis.stop());
  const admin = openClient(redis.url, { password: "admin" });
  ended.push(() => admin.disconnect());
  await admin.call("ACL", "SETUSER", "tqc", "reset", ...documentedRules());
  const broker = connectRedisBroker(redis.url.replace("//", "//tqc:secret@"));
  await broker.submit([]);
  await runs(broker);
  const user = openClient(redis.url, { username: "tqc", password: "secret" });
  ended.push(() => user.disconnect());
  await expect(user.get("another:key")).rejects.toThrow(/NOPERM/);
  await expect(user.publish("news", "x")).rejects.toThrow(/NOPERM/);
  for (const command of [["FLUSHALL"], ["CONFIG", "GET", "*"], ["KEYS", "*"], ["ACL", "LIST"], ["SHUTDOWN"]] as const) {
    await expect(user.call(...(command as readonly [string]))).rejects.toThrow(/NOPERM/);
  }
});

test("every verb of the contract is allowed to the documented user", async () => {
  const redis = await startRedis();
  ended.push(() => redis.stop());
  const admin = openClient(redis.url);
  ended.push(() => admin.disconnect());
  await admin.call("ACL", "SETUSER", "tqc", "reset", ...documentedRules());
  const broker = connectRedisBroker(redis.url.replace("//", "//tqc:secret@"));
  ended.push(() => broker.close());
  const used = new Set(luaCommands());
  const denied: string[] = [];
  for (const command of used) {
    const verdict = await admin.call("ACL", "DRYRUN", "tqc", command, "{tqc:0}:x", "1", "1", "1", "1").catch(String);
    if (/no permissions to run/i.test(String(verdict))) denied.push(command);
  }
  expect(denied).toEqual([]);
  await broker.overview();
  expect(await broker.cancel({ run: "r", terminate: true })).toBe("ok");
});

/** What the scripts call. */
function luaCommands(): string[] {
  const text = readFileSync(
    fileURLToPath(new URL("../../runtime/brokers/redis/scripts.gen.ts", import.meta.url)),
    "utf8",
  );
  return [...text.matchAll(/call\('([A-Z]+)'/g)].map(([, command = ""]) => command);
}
