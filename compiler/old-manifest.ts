/** The manifest to compare with: a file, or the one at a git revision. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { Manifest } from "../runtime/manifest.js";
import type { Change } from "./compat/change.js";
import { compareManifests } from "./compat.js";
import { UsageError } from "./usage-error.js";

/** What changed since an older manifest. One that is not as tqc writes them is refused, whatever is wrong with it. */
export function changesFrom(
  against: string,
  now: Manifest,
  at: { readonly path: string; readonly cwd: string },
): Change[] {
  const old = readOldManifest(against, at);
  try {
    return compareManifests(old, now);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${against} cannot be compared, since it is not as tqc writes manifests: ${why}`);
  }
}

/** Reads it. `git:REF` is the manifest at `path` as it was in REF. Throws a UsageError where there is none. */
function readOldManifest(against: string, { path, cwd }: { readonly path: string; readonly cwd: string }): Manifest {
  const text = against.startsWith("git:")
    ? fromGit(against.slice("git:".length), path)
    : fromFile(resolve(cwd, against));
  return parse(text, against);
}

function fromFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UsageError(`there is no manifest at ${path}`);
  }
}

function fromGit(ref: string, path: string): string {
  if (ref === "" || ref.startsWith("-")) throw new UsageError("git: needs a revision, such as git:main");
  try {
    const options = {
      cwd: dirname(path),
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      stdio: "pipe",
    } as const;
    return execFileSync("git", ["show", `${ref}:./${basename(path)}`], options);
  } catch (error) {
    const said = String((error as { readonly stderr?: unknown }).stderr ?? error)
      .trim()
      .split("\n")[0];
    throw new UsageError(`there is no ${path} in the git revision '${ref}': ${said}`);
  }
}

function parse(text: string, from: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${from} is not JSON`);
  }
  const isManifest = typeof value === "object" && value !== null && "tasks" in value && typeof value.tasks === "object";
  if (!isManifest) throw new UsageError(`${from} is not a manifest of tqc: it has no 'tasks'`);
  const { version } = value as { readonly version?: unknown };
  if (version !== 1)
    throw new UsageError(`${from} is a manifest of version ${JSON.stringify(version)}; this tqc reads version 1`);
  return value as Manifest;
}
