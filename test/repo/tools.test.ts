import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type BuildOptions, build as bundle } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { root } from "./imports.js";
import { outside, startProgram, startWorker, stopWorker } from "./processes.js";

const said = "(2 + 3) * 4 = 20\nside by side: 20 and 2\n";
const project = realpathSync(mkdtempSync(join(tmpdir(), "tqc-tools-")));
const program = readFileSync(join(root, "examples/hello/hello.ts"), "utf8");
let redis: RedisServer;

/** The hello example as a user's project; once with the tasks in the same process, once as a producer alone. */
beforeAll(async () => {
  redis = await startRedis();
  mkdirSync(join(project, "node_modules"));
  symlinkSync(root, join(project, "node_modules", "tqc"));
  symlinkSync(join(root, "node_modules/@types"), join(project, "node_modules", "@types"));
  cpSync(join(root, "examples/hello"), join(project, "src"), { recursive: true });
  rmSync(join(project, "src/tsconfig.json"));
  write("package.json", JSON.stringify({ name: "tools", private: true, type: "module" }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: options, include: ["src"] }));
  write("src/producer.ts", program.replace(/^import ".*registry.*$/m, ""));
  write("src/worker.ts", worker);
  write("src/tasks/broken.ts", broken);
  write("src/blame.ts", blame);
  write("vite.config.mjs", vite);
  run(join(root, "dist/compiler/cli.js"), "build");
}, 180_000);

afterAll(async () => {
  await redis.stop();
  rmSync(project, { recursive: true, force: true });
});

describe("on memory, in one process", () => {
  test("tsx runs the sources", () => {
    expect(run("--import", join(root, "node_modules/tsx/dist/loader.mjs"), "src/hello.ts")).toBe(said);
  });

  test("tsx runs the NestJS provider of the examples, in front of a module that has Nest's decorators", () => {
    cpSync(join(root, "examples/nestjs-provider/products.ts"), join(project, "nestjs-provider/products.ts"));
    symlinkSync("src", join(project, "hello"));
    write("node_modules/@nestjs/common/package.json", `{ "type": "module", "exports": "./index.js" }`);
    write("node_modules/@nestjs/common/index.js", nest);
    write("nest.ts", inject);
    expect(run("--import", join(root, "node_modules/tsx/dist/loader.mjs"), "nest.ts")).toBe("SUCCESS\n");
  });

  test("node runs what tsc wrote", () => {
    run(join(root, "node_modules/typescript/bin/tsc"), "-p", ".");
    expect(run("out/hello.js")).toBe(said);
  });

  test("node runs what esbuild bundled", async () => {
    await esbuild("src/hello.ts", "hello.mjs");
    expect(run("hello.mjs")).toBe(said);
  });

  test("node runs a bundle that leaves packages outside", async () => {
    await esbuild("src/hello.ts", "thin.mjs", { packages: "external", banner: {} });
    expect(run("thin.mjs")).toBe(said);
  });
});

const on = (): Readonly<Record<string, string>> => ({ TQC_BROKER_URL: redis.url });

describe("the stack of a task's error names the line of its source", () => {
  test.each([
    ["from TypeScript", "src/tasks.registry.gen.ts"],
    ["from what tsc wrote, with source maps", "out/tasks.registry.gen.js"],
  ])("%s", async (_, registry) => {
    run(join(root, "node_modules/typescript/bin/tsc"), "-p", ".", "--sourceMap");
    const script = join(root, "dist/compiler/cli.js");
    const serving = await startWorker({ script, registry: join(project, registry), broker: redis.url });
    const stack = runWith(on(), "out/blame.js");
    expect(await stopWorker(serving)).toBe(0);
    expect(stack).toMatch(/^RangeError: too far\n/);
    expect(stack).toMatch(/src\/tasks\/broken\.ts:12:9\)?\n/);
    expect(stack).toMatch(/src\/tasks\/broken\.ts:8:3\)?\n/);
  });
});

describe("on Redis, a producer by itself", () => {
  test("bundled by esbuild, with a worker bundled by esbuild", async () => {
    await esbuild("src/worker.ts", "worker.mjs");
    const { inputs, bytes } = await esbuild("src/producer.ts", "producer.mjs");
    const serving = await startProgram({ script: join(project, "worker.mjs"), env: on(), says: /serving/ });
    expect(runWith(on(), "producer.mjs")).toBe(said);
    expect(await stopWorker(serving)).toBe(0);

    const megabytes = bytes / 1_000_000;
    console.info(`the producer's bundle: ${megabytes.toFixed(2)} MB, not minified`);
    expect(megabytes).toBeLessThan(2);
    expect(unwanted(inputs)).toEqual([]);
    expect(inputs.filter((path) => path.startsWith("src/"))).toEqual(["src/producer.ts", "src/tasks.gen.ts"]);
  });

  test("built by Vite, with `tqc worker`", async () => {
    run(join(root, "node_modules/vite/bin/vite.js"), "build");
    const registry = join(project, "src/tasks.registry.gen.ts");
    const serving = await startWorker({ script: join(root, "dist/compiler/cli.js"), registry, broker: redis.url });
    expect(runWith(on(), "vite-out/producer.js")).toBe(said);
    expect(await stopWorker(serving)).toBe(0);
    expect(readFileSync(join(project, "vite-out/producer.js"), "utf8")).not.toMatch(/\bts-morph\b|\bchokidar\b/);
  });

  test("without a broker it says which one it lacks, and nothing is lost in its memory", async () => {
    await esbuild("src/producer.ts", "lost.mjs");
    const { status, stderr } = spawnSync(process.execPath, ["lost.mjs"], {
      cwd: project,
      env: outside(),
      encoding: "utf8",
    });
    expect(status).toBe(1);
    expect(stderr).toContain("TQC_BROKER_URL");
  });

  test("minified, names of errors and tasks are still those of the sources", async () => {
    await esbuild("src/producer.ts", "small.mjs", { minify: true });
    const { stderr } = spawnSync(process.execPath, ["small.mjs"], { cwd: project, env: outside(), encoding: "utf8" });
    expect(stderr).toContain("ConfigurationError");
  });
});

/** Bundles one program; tells what went in, by path, and how large it is. */
async function esbuild(
  from: string,
  to: string,
  more: BuildOptions = {},
): Promise<{ inputs: string[]; bytes: number }> {
  const { metafile, errors } = await bundle({
    absWorkingDir: project,
    entryPoints: [from],
    outfile: to,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // ioredis is CommonJS and asks for node's own modules.
    banner: { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` },
    logLevel: "error",
    metafile: true,
    ...more,
  });
  expect(errors).toEqual([]);
  return { inputs: Object.keys(metafile!.inputs).sort(), bytes: metafile!.outputs[to]!.bytes };
}

/** What belongs to the compiler, to the command line, or to workers' own processes. */
function unwanted(inputs: readonly string[]): string[] {
  const packages =
    /node_modules\/(ts-morph|@ts-morph|typescript|chokidar|commander|tsx|esbuild|prom-client|tinyglobby|diff)\//;
  return inputs.filter((path) => packages.test(path) || /dist\/(compiler|templates)\//.test(path));
}

function run(...args: readonly string[]): string {
  return runWith({}, ...args);
}

function runWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): string {
  return execFileSync(process.execPath, args, {
    cwd: project,
    encoding: "utf8",
    env: { ...outside(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 180_000,
  });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

const options = {
  target: "es2022",
  lib: ["es2023"],
  module: "nodenext",
  strict: true,
  verbatimModuleSyntax: true,
  types: ["node"],
  skipLibCheck: true,
  rootDir: "src",
  outDir: "out",
};

const nest = `
export const Injectable = () => () => {};
export const Module = () => () => {};
`;

const inject = `
import { Products } from "./nestjs-provider/products.js";
import { app } from "./hello/tasks.registry.gen.js";
const products = new Products();
const id = await products.start(2, 3);
await app.result(id).get({ timeout: "10s" });
console.log((await products.info(id)).state);
await products.onApplicationShutdown();
`;

/** The type above the function goes when it is compiled, and with it four lines. */
const broken = `interface Distance {
  readonly from: string;
  readonly to: string;
}

/** @task */
export function broken(): never {
  fail({ from: "here", to: "there" });
}

function fail(_distance: Distance): never {
  throw new RangeError("too far");
}
`;

const blame = `
import { app, broken } from "./tasks.gen.js";
const error = await (await broken.delay()).get({ timeout: "20s" }).catch((thrown) => thrown);
console.log(error.cause.stack);
await app.close();
`;

const worker = `
import { app } from "./tasks.registry.gen.js";
const worker = app.worker({ concurrency: 4 });
process.once("SIGTERM", async () => {
  await worker.stop();
  await app.close();
});
await worker.start();
console.log("serving");
`;

const vite = `
export default {
  logLevel: "error",
  build: { ssr: "src/producer.ts", outDir: "vite-out" },
  ssr: { noExternal: true },
};
`;
