/** `tqc doctor`: looks at everything that work depends on, and says what to mend. */
import { Command } from "commander";
import { stdoutColors as colors } from "../colors.js";
import type { Finding } from "../doctor/finding.js";
import type { BrokerChoice } from "../inspect/connect.js";
import { withBrokerOptions } from "./broker-options.js";
import { print, printJson } from "./print.js";

interface DoctorOptions extends BrokerChoice {
  readonly project?: string;
  readonly json?: boolean;
}

export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("look at Node, TypeScript, the generated files and Redis, and say what to mend")
    .option("-p, --project <path>", "the tsconfig, or the folder it is in")
    .option("--json", "print it for programs");
  return withBrokerOptions(command).action(doctor);
}

async function doctor({ json, ...options }: DoctorOptions): Promise<void> {
  const { examine } = await import("../doctor/examine.js");
  const findings = await examine({ ...options, folder: process.cwd() });
  if (json) printJson({ version: 1, findings });
  else print(findings.flatMap(findingLines));
  if (findings.some(({ level }) => level === "error")) process.exitCode = 1;
}

const MARK: Readonly<Record<Finding["level"], string>> = {
  ok: colors.green("ok     "),
  warning: colors.yellow("warning"),
  error: colors.red("error  "),
};

function findingLines({ name, level, says, help }: Finding): string[] {
  const line = `${MARK[level]}  ${name.padEnd(11)}  ${says}`;
  return help === undefined ? [line] : [line, `${" ".repeat(9)}${colors.dim(`help: ${help}`)}`];
}
