/** Which package manager a project uses, and what its commands are called. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** Its words for the few things a guide has to say. */
export interface Commands {
  readonly install: string;
  /** What CI runs: exactly what the lockfile says. */
  readonly cleanInstall: string;
  /** Adds a dependency, and one for development. */
  readonly add: string;
  readonly addDev: string;
  /** Runs a program of the project's own. */
  readonly exec: string;
  /** Runs a script of package.json. */
  readonly run: string;
}

export const COMMANDS: Readonly<Record<PackageManager, Commands>> = {
  npm: {
    install: "npm install",
    cleanInstall: "npm ci",
    add: "npm install",
    addDev: "npm install --save-dev",
    exec: "npx",
    run: "npm run",
  },
  pnpm: {
    install: "pnpm install",
    cleanInstall: "pnpm install --frozen-lockfile",
    add: "pnpm add",
    addDev: "pnpm add --save-dev",
    exec: "pnpm exec",
    run: "pnpm run",
  },
  yarn: {
    install: "yarn install",
    cleanInstall: "yarn install --immutable",
    add: "yarn add",
    addDev: "yarn add --dev",
    exec: "yarn",
    run: "yarn run",
  },
  bun: {
    install: "bun install",
    cleanInstall: "bun install --frozen-lockfile",
    add: "bun add",
    addDev: "bun add --dev",
    exec: "bunx",
    run: "bun run",
  },
};

const LOCKFILES: Readonly<Record<string, PackageManager>> = {
  "package-lock.json": "npm",
  "npm-shrinkwrap.json": "npm",
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "bun.lockb": "bun",
};

/** What is known without looking at lockfiles. */
export interface Hints {
  /** The field `packageManager` of package.json: "pnpm@9.1.0". */
  readonly declared?: string | undefined;
  /** What started this program: `npm_config_user_agent`. */
  readonly userAgent?: string | undefined;
}

/** What package.json declares, else the nearest lockfile, else what started this program, else npm. */
export function packageManagerOf(folder: string, { declared, userAgent }: Hints): PackageManager {
  return nameIn(declared) ?? byLockfile(folder) ?? nameIn(userAgent) ?? "npm";
}

function nameIn(text: string | undefined): PackageManager | undefined {
  const name = /^[a-z]+/.exec(text ?? "")?.[0] ?? "";
  return Object.hasOwn(COMMANDS, name) ? (name as PackageManager) : undefined;
}

function byLockfile(folder: string): PackageManager | undefined {
  const found = Object.keys(LOCKFILES).find((name) => existsSync(join(folder, name)));
  if (found !== undefined) return LOCKFILES[found];
  return dirname(folder) === folder || existsSync(join(folder, ".git")) ? undefined : byLockfile(dirname(folder));
}
