import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { root } from "../repo/imports.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { type Ended, endAll, runScript, startTqc, tqc } from "./command-line.js";

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let cwd: string;
let init: Ended;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "tqc-project-"));
  init = await tqc(["init"], { cwd });
  install();
  await tqc(["build"], { cwd });
});
afterEach(endAll);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(cwd, path), "utf8");
const write = (path: string, text: string): void => writeFileSync(join(cwd, path), text);

/** Stands in for `npm install`: tqc from its sources, and the types of Node. */
function install(): void {
  mkdirSync(join(cwd, "node_modules"));
  symlinkSync(join(root, "node_modules/@types"), join(cwd, "node_modules/@types"));
  const tsconfig = JSON.parse(read("tsconfig.json"));
  tsconfig.compilerOptions.paths = { tqc: [join(root, "runtime/index.ts")] };
  write("tsconfig.json", JSON.stringify(tsconfig));
}

describe("from an empty folder", () => {
  test("tqc init sets it up and says how to go on", () => {
    const { code, stdout } = init;
    expect(code).toBe(0);
    expect(stdout).toMatch(/create +src\/tasks\/hello\.ts/);
    expect(stdout).toMatch(/next:\n {2}npm install\n {2}npx tqc build\n {2}npx tsx src\/hello\.ts\n$/);
  });

  test("tqc build and the first script give the first result, with nothing but Node", async () => {
    const env = { TSX_TSCONFIG_PATH: join(cwd, "tsconfig.json") };
    expect(await runScript(join(cwd, "src/hello.ts"), [], { cwd, env })).toEqual({
      code: 0,
      stdout: "Hello, Ada!\nHello, Grace!\n",
      stderr: "",
    });
  });

  test("tqc graph draws a canvas, and what a function makes", async () => {
    write(
      "src/flows.ts",
      `import { card, chain, group, greet } from "./tasks.gen.js";
export const cards = chain(group(Array.from({ length: 200 }, (_, i) => greet.s(String(i)))), card.s());
export default () => group(greet.s("Ada"), card.s(["Hello"]));
export const size = 3;
setInterval(() => {}, 1000);
`,
    );
    const drawn = await tqc(["graph", "src/flows.ts#cards"], { cwd });
    expect(drawn).toMatchObject({ code: 0, stderr: "" });
    expect(drawn.stdout).toMatch(/^flowchart TD\n {2}n0\["greet x200"\]\n/);
    const json = JSON.parse((await tqc(["graph", "src/flows.ts", "--format", "json"], { cwd })).stdout);
    expect(json.boxes.map(({ label }: { label: string }) => label)).toEqual(["greet", "card", "join"]);
    expect(await tqc(["graph", "src/tasks.gen.ts#greet", "-f", "svg", "-o", "greet.svg"], { cwd })).toMatchObject({
      code: 0,
    });
    expect(read("greet.svg")).toMatch(/^<svg [\s\S]*>greet<\/text>[\s\S]*<\/svg>\n$/);
  });

  test.each([
    [["src/flows.ts#card"], "did you mean 'cards'?"],
    [["src/flows.ts#size"], "is a value of type number, but a canvas was expected"],
    [["src/nowhere.ts#x"], "there is no module at"],
    [[], "say what to draw"],
    [["src/flows.ts#cards", "--format", "png"], "mermaid, dot, svg, json"],
  ])("tqc graph %s is wrong usage", async (args, message) => {
    expect(await tqc(["graph", ...args], { cwd })).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
  });

  test("tqc doctor finds what is not as it should be", async () => {
    await tqc(["build"], { cwd });
    const fresh = JSON.parse((await tqc(["doctor", "--json"], { cwd })).stdout);
    expect(fresh).toMatchObject({ version: 1 });
    expect(fresh.findings).toContainEqual({ name: "generated", level: "ok", says: "fresh" });
    write("src/tasks/talk.ts", talk("shout"));
    const stale = await tqc(["doctor"], { cwd });
    expect(stale.code).toBe(1);
    expect(stale.stdout).toMatch(
      /error +generated +src\/tasks\.gen\.ts.* not what the tasks say\n +help: `npx tqc build`/,
    );
  });
});

/** Tasks of a file of its own; the build of each test starts from it. */
const talk = (name: string): string => `/** @task */
export function ${name}(text: string): string {
  return text;
}
`;

describe("tqc dev", () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  test("builds, runs a worker, and reloads both on a change", async () => {
    write("src/tasks/talk.ts", talk("shout"));
    const dev = startTqc(["dev", "--broker", redis.url], { cwd });
    await dev.says(/broker +redis:\/\/127\.0\.0\.1:\d+ \(yours\)/);
    await dev.says(/first build: .*the worker starts/);
    await dev.says(/"msg":"serving \d tasks".*shout/);
    write("src/tasks/talk.ts", talk("whisper"));
    await dev.says(/src\/tasks\/talk\.ts: wrote src\/tasks\.gen\.ts.*, the worker reloads/);
    await dev.says(/"msg":"serving \d tasks".*whisper/);
    write("src/tasks/talk.ts", talk("whisper").replace("text: string", "text: () => void"));
    await dev.says(/error.*TQC\d+/);
    await dev.says(/1 error, the worker stays as it was/);
    expect(await dev.end()).toBe(0);
  });

  test("starts a Redis of its own where no broker is named, and takes it along when it ends", async () => {
    write("src/tasks/talk.ts", talk("shout"));
    const dev = startTqc(["dev"], { cwd });
    const [, url = ""] = await dev.says(/TQC_BROKER_URL=(redis:\S+)/);
    await dev.says(/serving \d tasks/);
    const env = { TQC_BROKER_URL: url, TSX_TSCONFIG_PATH: join(cwd, "tsconfig.json") };
    const { stdout } = await runScript(join(cwd, "src/hello.ts"), [], { cwd, env });
    expect(stdout).toBe("Hello, Ada!\nHello, Grace!\n");
    expect(await dev.end()).toBe(0);
    expect(await tqc(["inspect", "--broker", url], { cwd })).toMatchObject({ code: 69 });
  });

  test("without a broker and without redis-server, says what to do", async () => {
    const ended = await tqc(["dev"], { cwd, env: { PATH: "/nowhere" } });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining("--broker") });
  });
});
