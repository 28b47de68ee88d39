import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build as bundle } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { root } from "./imports.js";
import { outside, startWorker, stopWorker } from "./processes.js";

const project = realpathSync(mkdtempSync(join(tmpdir(), "tqc-package-")));
const installed = join(project, "node_modules", "tqc");
const cli = join(installed, "dist/compiler/cli.js");
let packed: readonly string[] = [];
let redis: RedisServer;

/** A new project with the packed tarball installed: its own dependencies, the user's compiler, and nothing else. */
beforeAll(async () => {
  redis = await startRedis();
  mkdirSync(installed, { recursive: true });
  const [tarball] = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", project], root));
  packed = tarball.files.map((file: { path: string }) => file.path);
  run("tar", ["-xzf", join(project, tarball.filename), "-C", installed, "--strip-components=1"], project);
  for (const name of [...needed(), "typescript", "@typescript", "@types/node"])
    link(name, join(root, "node_modules", name));
  link(".bin/tqc", cli);
  write("package.json", JSON.stringify({ name: "fresh", private: true, type: "module" }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: options, include: ["src"] }));
  write("src/tasks/math.ts", tasks);
  write("src/main.ts", program);
}, 180_000);

afterAll(async () => {
  await redis.stop();
  rmSync(project, { recursive: true, force: true });
});

test("the package holds what runs, and nothing else", () => {
  expect(
    packed.filter(
      (path) =>
        !/^(dist\/.+\.(js|d\.ts|lua)|dist\/compiler\/dashboard\/web\/.+\.(html|css|svg|md)|README\.md|LICENSE|package\.json)$/.test(
          path,
        ),
    ),
  ).toEqual([]);
  expect(packed).toEqual(
    expect.arrayContaining(["dist/compiler/cli.js", "dist/runtime/index.d.ts", "LICENSE", "README.md"]),
  );
});

test("from the package to a result: build, compile, run on memory", () => {
  run("npx", ["--no-install", "tqc", "build"], project);
  run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."], project);
  expect(run(process.execPath, ["out/main.js"], project)).toBe("20\n");
}, 180_000);

test("and on Redis, with a worker of its own; the producer may be bundled", async () => {
  const worker = await startWorker({
    script: cli,
    registry: join(project, "src/tasks.registry.gen.ts"),
    broker: redis.url,
  });
  expect(run(process.execPath, ["out/main.js"], project, { TQC_BROKER_URL: redis.url })).toBe("20\n");

  write("src/producer.ts", program.replace(/^import ".*registry.*$/m, ""));
  const banner = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;
  const entry = { entryPoints: [join(project, "src/producer.ts")], outfile: join(project, "bundle.mjs") };
  await bundle({ ...entry, bundle: true, platform: "node", format: "esm", banner: { js: banner }, logLevel: "error" });
  expect(run(process.execPath, ["bundle.mjs"], project, { TQC_BROKER_URL: redis.url })).toBe("20\n");
  expect(await stopWorker(worker)).toBe(0);
}, 180_000);

/** The names of all packages that an install brings, from the lock file. */
function needed(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const paths = Object.keys(packages).filter((path) => path && !packages[path].dev && !packages[path].optional);
  return [
    ...new Set(
      paths.map((path) => path.slice("node_modules/".length)).filter((path) => !path.includes("node_modules/")),
    ),
  ];
}

function link(name: string, to: string): void {
  const path = join(project, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(to, path);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): string {
  return execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...outside(), ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const options = {
  target: "es2022",
  lib: ["es2023"],
  module: "nodenext",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  types: ["node"],
  rootDir: "src",
  outDir: "out",
};

const tasks = `
/** Adds.
 *  @task */
export function add(x: number, y: number): number { return x + y; }
/** @task { maxRetries: 1 } */
export async function mul(x: number, y: number): Promise<number> { return x * y; }
`;

const program = `
import { add, app, chain, mul } from "./tasks.gen.js";
import "./tasks.registry.gen.js";
const result = await chain(add.s(2, 3), mul.s(4)).delay();
console.log(await result.get({ timeout: "10s" }));
await app.close();
`;
