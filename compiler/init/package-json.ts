/** package.json: made for an empty folder, and completed, never changed, where there is one. */
import { withValue } from "./json-text.js";
import { packageName } from "./surroundings.js";

/** The commands of daily use, by the names they get. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  "tasks:build": "tqc build",
  "tasks:check": "tqc build --check",
  "tasks:dev": "tqc dev",
  worker: "tqc worker",
};

/** A new package.json. */
export function newPackageJson(folder: string, version: string): string {
  const file = {
    name: packageName(folder),
    version: "0.0.0",
    private: true,
    type: "module",
    scripts: { hello: "tsx src/hello.ts", ...SCRIPTS },
    dependencies: { tqc: `^${version}` },
    devDependencies: { "@types/node": "^20.0.0", tsx: "^4.0.0", typescript: ">=5.6" },
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** The text with the scripts it lacks, and their names. What is there stays as it is written. */
export function withScripts(text: string): { readonly text: string; readonly added: readonly string[] } {
  const file = JSON.parse(text) as { scripts?: Record<string, string> };
  const added = Object.keys(SCRIPTS).filter((name) => file.scripts?.[name] === undefined);
  if (added.length === 0) return { text, added };
  const completed = added.reduce((done, name) => withValue(done, ["scripts", name], SCRIPTS[name]), text);
  return { text: completed, added };
}
