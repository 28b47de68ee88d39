import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fencesOf, pages } from "./fences.js";
import { root } from "./imports.js";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

test("CI runs the very test command of the README", () => {
  expect(read("README.md")).toMatch(/^npm ci && npm test\b/m);
  expect(read(".ci/run")).toMatch(/^npm ci && npm test$/m);
});

test("every script that a page names exists", () => {
  const shell = pages.flatMap((page) => fencesOf(page)).filter(({ language }) => language === "sh");
  const named = shell.flatMap(({ text }) => [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!));
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("every page that a page links to exists", () => {
  const links = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to]) => join(page, "..", to!)),
  );
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test.each([
  ["ensure-redis", "redis-server"],
  ["ensure-chromium", "chromium"],
])("%s, without a way to install it, says to install %s", (script, needed) => {
  const args = ["--import", "tsx", `test/setup/${script}.ts`];
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { PATH: "/nowhere" },
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toContain(`sudo apt-get install ${needed}`);
});

test("the lock file names every optional package, without which `npm ci` refuses", () => {
  const packages: Record<string, { optionalDependencies?: Record<string, string> }> = JSON.parse(
    read("package-lock.json"),
  ).packages;
  const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => [`node_modules/${name}`, `${path}/node_modules/${name}`] as const),
  );
  expect(wanted.length).toBeGreaterThan(50);
  expect(wanted.filter(([top, nested]) => !(top in packages) && !(nested in packages))).toEqual([]);
});
