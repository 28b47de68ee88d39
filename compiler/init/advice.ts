/** What a person does next, and what init left to them. */
import type { Change } from "./change.js";
import { COMMANDS } from "./package-manager.js";
import { isCommonJs, type Surroundings } from "./surroundings.js";

/** The commands that lead to the first run, in order. */
export function nextSteps(around: Surroundings, folder: string): string[] {
  const { install, add, addDev, exec } = COMMANDS[around.packageManager];
  const script = around.sourceRoot === "" ? "hello.ts" : `${around.sourceRoot}/hello.ts`;
  const missing = ["tsx", "typescript", "@types/node"].filter((name) => !around.packages.has(name));
  const installing =
    around.packageJson === undefined
      ? [install]
      : [
          ...(around.packages.has("tqc") ? [] : [`${add} tqc`]),
          ...(missing.length > 0 ? [`${addDev} ${missing.join(" ")}`] : []),
        ];
  const entering = folder === "." ? [] : [`cd ${folder}`];
  return [...entering, ...installing, `${exec} tqc build`, `${exec} tsx ${script}`];
}

/** Sentences about what was found and could not be set up without changing what is there. */
export function notes(around: Surroundings, changes: readonly Change[]): string[] {
  const { otherCi, framework, packageManager } = around;
  const { exec } = COMMANDS[packageManager];
  return [
    ...(isCommonJs(around)
      ? [
          'package.json has no "type": "module": what imports tqc is loaded as CommonJS, which needs Node 20.19 or newer; `npx tqc doctor` looks',
        ]
      : []),
    ...changes.flatMap((change) => (change.kind === "advise" ? [`${change.path}: ${change.advice}`] : [])),
    ...(otherCi === undefined
      ? []
      : [
          `in ${otherCi}, run \`${exec} tqc build --check\`, and \`${exec} tqc check --against git:origin/main\` before a deploy`,
        ]),
    ...(framework === undefined
      ? []
      : [
          `${framework}: request handlers import tasks.gen.ts only${SPECIAL[framework] ?? ""}; run \`${exec} tqc worker\` as a process of its own`,
        ]),
  ];
}

/** What has to be known of a framework besides. */
const SPECIAL: Readonly<Record<string, string>> = {
  "Next.js": ', as "./tasks.gen" without .js, and next.config has serverExternalPackages: ["tqc"]',
};
