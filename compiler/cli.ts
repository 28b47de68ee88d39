#!/usr/bin/env node
/** The `tqc` command. It loads only the command that was asked for, and is the one place that exits. */
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { fail } from "./commands/fail.js";

/** Every command, each in a file of its own. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import("./commands/init.js")).initCommand(),
  build: async () => (await import("./commands/build.js")).buildCommand(),
  check: async () => (await import("./commands/check.js")).checkCommand(),
  explain: async () => (await import("./commands/explain.js")).explainCommand(),
  worker: async () => (await import("./commands/worker.js")).workerCommand(),
  dev: async () => (await import("./commands/dev.js")).devCommand(),
  graph: async () => (await import("./commands/graph.js")).graphCommand(),
  doctor: async () => (await import("./commands/doctor.js")).doctorCommand(),
  inspect: async () => (await import("./commands/inspect.js")).inspectCommand(),
  dashboard: async () => (await import("./commands/dashboard.js")).dashboardCommand(),
  why: async () => (await import("./commands/why.js")).whyCommand(),
  retry: async () => (await import("./commands/retry.js")).retryCommand(),
  revoke: async () => (await import("./commands/revoke.js")).revokeCommand(),
  purge: async () => (await import("./commands/purge.js")).purgeCommand(),
  pause: async () => (await import("./commands/pause.js")).pauseCommand(),
  resume: async () => (await import("./commands/pause.js")).resumeCommand(),
};

async function main(args: readonly string[]): Promise<void> {
  const program = new Command("tqc")
    .description("task queues that cannot be wired wrong: builds typed task builders, and runs them")
    .version(version(), "--version", "print the version")
    .helpOption("-h, --help", "print this")
    .showSuggestionAfterError()
    .exitOverride();
  const asked = args.find((arg) => !arg.startsWith("-"));
  const load = asked !== undefined && Object.hasOwn(commands, asked) ? [commands[asked]!] : Object.values(commands);
  for (const command of await Promise.all(load.map((one) => one()))) program.addCommand(overridden(command));
  if (args.length === 0) return program.outputHelp();
  await program.parseAsync(args, { from: "user" });
}

/** A wrong use is reported by what called us, also in the commands below a command. */
function overridden(command: Command): Command {
  command.exitOverride().helpOption("-h, --help", "print this");
  for (const inner of command.commands) overridden(inner as Command);
  return command;
}

function version(): string {
  for (const path of ["../package.json", "../../package.json"]) {
    try {
      const { version: found } = JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as {
        version: string;
      };
      return found;
    } catch {
      // Compiled code stands one folder deeper than its source.
    }
  }
  return "unknown";
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : fail(error);
});
