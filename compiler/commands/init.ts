/** `tqc init`: sets a project up for its first task. It never overwrites, and says what it did. */
import { Command } from "commander";
import { stdoutColors as colors } from "../colors.js";
import type { Change } from "../init/change.js";
import type { Surroundings } from "../init/surroundings.js";
import { agree } from "./confirm.js";
import { print, tell } from "./print.js";

interface InitOptions {
  readonly yes?: boolean;
}

export function initCommand(): Command {
  return new Command("init")
    .description("set a project up: a first task, scripts, git attributes, CI; nothing is overwritten")
    .argument("[folder]", "where", ".")
    .option("-y, --yes", "do not ask")
    .action(init);
}

async function init(folder: string, options: InitOptions): Promise<void> {
  const { resolve } = await import("node:path");
  const { lookAround } = await import("../init/surroundings.js");
  const { makeChanges, planChanges } = await import("../init/changes.js");
  const { packageVersion } = await import("../init/package-version.js");
  const around = lookAround(resolve(folder), process.env.npm_config_user_agent);
  const changes = planChanges(around, packageVersion());
  print([...foundLines(around), "", ...changeLines(changes), ""]);
  if (!(await agree("Go on?", options.yes))) return tell("nothing was changed");
  makeChanges(around.folder, changes);
  const { nextSteps, notes } = await import("../init/advice.js");
  print([
    ...notes(around, changes).map((note) => `note: ${note}`),
    "next:",
    ...nextSteps(around, folder).map((step) => `  ${step}`),
  ]);
}

function foundLines(around: Surroundings): string[] {
  const { empty, packageManager, tsconfig, framework, linters } = around;
  if (empty) return [`an empty folder: a new project for ${packageManager}`];
  const found = [
    packageManager,
    tsconfig ? "tsconfig.json" : "no tsconfig.json",
    ...(framework ? [framework] : []),
    ...linters.map(({ tool, path }) => `${tool} (${path})`),
  ];
  return [`found ${found.join(", ")}`];
}

const COLOUR: Readonly<Record<Change["kind"], (text: string) => string>> = {
  create: colors.green,
  complete: colors.yellow,
  keep: colors.dim,
  advise: colors.cyan,
};

function changeLines(changes: readonly Change[]): string[] {
  const width = Math.max(...changes.map(({ path }) => path.length));
  return changes.map(
    ({ kind, path, what }) => `  ${COLOUR[kind](kind.padEnd(8))}  ${path.padEnd(width)}  ${colors.dim(what)}`,
  );
}
