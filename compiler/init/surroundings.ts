/** What a folder holds already, as far as a first setup has to know. Reads only. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { upward } from "../settings/upward.js";
import { type Linter, lintersAround } from "./lint/linters.js";
import { type PackageManager, packageManagerOf } from "./package-manager.js";

/** A project before the first task. Paths are relative to `folder`, with forward slashes. */
export interface Surroundings {
  readonly folder: string;
  /** No file but hidden ones: everything is to be made. */
  readonly empty: boolean;
  readonly packageManager: PackageManager;
  /** The text of package.json; absent where there is none. */
  readonly packageJson?: string;
  /** What package.json depends on, with the versions it asks for. */
  readonly packages: ReadonlyMap<string, string>;
  readonly isModule: boolean;
  readonly tsconfig: boolean;
  /** Where task names start: "src", or "" for the folder itself. */
  readonly sourceRoot: string;
  /** The way from the folder up to the repository's root, where workflows live; "" where they are the same. */
  readonly toRepository: string;
  readonly framework?: string;
  readonly linters: readonly Linter[];
  /** Whether another CI than GitHub's is set up. */
  readonly otherCi?: string;
}

interface PackageFile {
  readonly type?: string;
  readonly packageManager?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Folder -> what is in it. */
export function lookAround(folder: string, userAgent: string | undefined): Surroundings {
  const text = textAt(join(folder, "package.json"));
  const file = text === undefined ? {} : parse(text, join(folder, "package.json"));
  const packages = new Map(Object.entries({ ...file.dependencies, ...file.devDependencies }));
  const up = toRepository(folder);
  const framework = [...FRAMEWORKS.keys()].find((name) => packages.has(name));
  const otherCi = OTHER_CI.find((path) => existsSync(join(folder, path)));
  return {
    folder,
    empty: namesIn(folder).every((name) => name.startsWith(".")),
    packageManager: packageManagerOf(folder, { declared: file.packageManager, userAgent }),
    ...(text !== undefined && { packageJson: text }),
    packages,
    isModule: file.type === "module",
    tsconfig: existsSync(join(folder, "tsconfig.json")),
    sourceRoot: sourceRootOf(folder),
    toRepository: up,
    ...(framework !== undefined && { framework: FRAMEWORKS.get(framework)! }),
    linters: lintersAround(folder, resolve(folder, up)),
    ...(otherCi !== undefined && { otherCi }),
  };
}

const FRAMEWORKS: ReadonlyMap<string, string> = new Map([
  ["next", "Next.js"],
  ["@nestjs/core", "NestJS"],
  ["nuxt", "Nuxt"],
  ["@sveltejs/kit", "SvelteKit"],
  ["@remix-run/node", "Remix"],
  ["fastify", "Fastify"],
  ["hono", "Hono"],
  ["express", "Express"],
  ["vite", "Vite"],
]);

const OTHER_CI = [
  ".gitlab-ci.yml",
  ".circleci/config.yml",
  "azure-pipelines.yml",
  "Jenkinsfile",
  "bitbucket-pipelines.yml",
];

function sourceRootOf(folder: string): string {
  const tsconfig = textAt(join(folder, "tsconfig.json"));
  const declared = /^\s*"rootDir"\s*:\s*"([^"]+)"/m.exec(tsconfig ?? "")?.[1];
  if (declared !== undefined) return declared.replace(/^\.\/?|\/$/g, "");
  return tsconfig === undefined || existsSync(join(folder, "src")) ? "src" : "";
}

function toRepository(folder: string): string {
  const git = upward(folder, ".git");
  return git === undefined ? "" : relative(folder, dirname(git)).replaceAll("\\", "/");
}

/** One that is not there yet is empty. */
function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function textAt(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function parse(text: string, path: string): PackageFile {
  try {
    return JSON.parse(text) as PackageFile;
  } catch (cause) {
    throw new SyntaxError(`${path} is not JSON; mend it and run init again`, { cause });
  }
}

/** The folder's name as a package may be called. */
export function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" ? "tasks" : name;
}

/** A package of CommonJS, on purpose or because `npm init` made it so. */
export function isCommonJs({ packageJson, isModule }: Surroundings): boolean {
  return packageJson !== undefined && !isModule;
}
