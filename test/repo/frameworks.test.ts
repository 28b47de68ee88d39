import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testApp } from "tqc/testing";
import { expect, test } from "vitest";
import { app } from "../../examples/hello/tasks.gen.js";
import "../../examples/hello/tasks.registry.gen.js";
import { GET, POST } from "../../examples/nextjs-route/route.js";
import { root } from "./imports.js";
import { outside } from "./processes.js";

const read = (path: string): string => readFileSync(join(root, "examples", path), "utf8");
const unit = read("systemd/tqc-worker@.service");
const image = read("docker/Dockerfile");
const compose = read("docker/compose.yaml");

test("the route handlers of the Next.js example send work and tell how it stands", async () => {
  await using world = await testApp(app);
  const url = "http://localhost/api/products";
  const accepted = await POST(new Request(url, { method: "POST", body: JSON.stringify({ x: 2, y: 3 }) }));
  expect(accepted.status).toBe(202);
  const { id } = (await accepted.json()) as { id: string };
  await world.settle();
  expect(await (await GET(new Request(`${url}?id=${id}`))).json()).toEqual({ state: "SUCCESS", value: 20 });
  expect(await (await GET(new Request(`${url}?id=nobody`))).json()).toEqual({ state: "PENDING" });
});

test("every flag of the container and of the systemd unit is one of `tqc worker`", () => {
  const help = execFileSync(process.execPath, [join(root, "dist/compiler/cli.js"), "worker", "--help"], {
    env: outside(),
    encoding: "utf8",
  });
  const command = (text: string, line: RegExp): string => line.exec(text)?.[0] ?? "";
  const commands = [
    command(image, /^ENTRYPOINT .*$/m),
    command(compose, /command: \["--con.*$/m),
    command(unit, /^ExecStart=.*$/m),
  ];
  for (const each of commands) {
    const flags = each.match(/--[a-z-]+/g) ?? [];
    expect(flags.length).toBeGreaterThan(0);
    expect(flags.filter((flag) => !help.includes(`${flag} `))).toEqual([]);
  }
});

test("both give a worker longer to drain than it takes", () => {
  expect(Number(/stop_grace_period: (\d+)s/.exec(compose)?.[1])).toBeGreaterThan(25);
  expect(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1])).toBeGreaterThan(25);
});
