/** Node and TypeScript. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { upward } from "../settings/upward.js";
import { error, type Finding, ok, warning } from "./finding.js";
import { isAtLeast } from "./versions.js";

const [NODE, TYPESCRIPT] = ["20.12", "5.6"];

/** Whether this Node runs what tqc needs. */
export function lookAtNode(version: string): Finding {
  return isAtLeast(version, NODE)
    ? ok("Node", version)
    : error(
        "Node",
        `${version}, but ${NODE} or newer is needed`,
        `install Node ${NODE} or newer; 20, 22 and 24 are supported lines`,
      );
}

/** Whether the project's TypeScript reads what tqc generates. */
export function lookAtTypeScript(folder: string): Finding {
  const version = installed("typescript", folder);
  if (version === undefined) {
    return warning(
      "TypeScript",
      "not installed here",
      "add it for the editor and for type checks: `npm install --save-dev typescript`",
    );
  }
  return isAtLeast(version, TYPESCRIPT)
    ? ok("TypeScript", version)
    : error(
        "TypeScript",
        `${version}, but the generated files need ${TYPESCRIPT}`,
        `install typescript@${TYPESCRIPT} or newer`,
      );
}

/** Whether what imports tqc, an ES module, can be loaded in this package. */
export function lookAtModules(folder: string, version: string): Finding {
  const path = upward(folder, "package.json");
  if (path === undefined) return error("package", "no package.json here or above", "`npx tqc init` makes one");
  const { type } = JSON.parse(readFileSync(path, "utf8")) as { type?: string };
  if (type === "module") return ok("package", "an ES module");
  return requiresModules(version)
    ? ok("package", "CommonJS, from which this Node loads ES modules such as tqc")
    : warning(
        "package",
        `${path} has no "type": "module", and Node ${version} does not load ES modules such as tqc from CommonJS`,
        'use Node 20.19, 22.12 or newer, or set "type": "module"',
      );
}

/** Since these versions, `require` loads ES modules. */
function requiresModules(version: string): boolean {
  const is20 = isAtLeast(version, "20.19") && !isAtLeast(version, "21");
  return is20 || isAtLeast(version, "22.12");
}

/** The version of a package as the project resolves it. */
function installed(name: string, folder: string): string | undefined {
  try {
    const path = createRequire(join(folder, "package.json")).resolve(`${name}/package.json`);
    return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
  } catch {
    // Not installed, or hidden by its exports: either way nothing is known of it.
    return undefined;
  }
}
