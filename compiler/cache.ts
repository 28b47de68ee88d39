/**
 * What a build came to, kept under `node_modules/.cache/tqc`, so that a build of an unchanged project loads no compiler.
 * The generated files are their own cache: only how to know them again is kept. A project without `node_modules` keeps nothing.
 */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { type FileMark, isSame, listingOf, marksOf, modifiedAt } from "./cache/marks.js";
import { keep, load, placeFor, tidy } from "./cache/store.js";
import type { Place, Problem } from "./diagnostic.js";
import type { Output } from "./emit.js";
import type { Settings } from "./settings.js";

/** What is known after a build. */
export interface Compiled {
  readonly problems: readonly Problem[];
  readonly outputs: readonly Output[];
  /** Where each task stands in the source, by its name. */
  readonly places: Places;
}

type Places = Readonly<Record<string, Place>>;

/** What a build depends on. */
export interface Inputs {
  /** Every file whose text had a say. */
  readonly files: readonly string[];
  /** Every folder in which a new file might have a say. */
  readonly folders: readonly string[];
}

/** How these were when a build read them. */
export interface Seen {
  readonly files: { readonly [path: string]: FileMark };
  readonly folders: { readonly [path: string]: string };
}

interface Entry extends Seen {
  readonly problems: readonly Problem[];
  readonly outputs: { readonly [path: string]: FileMark };
}

/** What a build of these settings came to, if neither what it depends on has changed nor what it wrote. */
export function recall(settings: Settings): Compiled | undefined {
  const place = placeFor(settings);
  const entry = place === undefined ? undefined : load<Entry>(`${place}.json`);
  if (!entry || !isFresh(entry)) return undefined;
  return {
    problems: entry.problems,
    outputs: Object.keys(entry.outputs).map(asOnDisk),
    get places() {
      return load<Places>(`${place}.places.json`) ?? {};
    },
  };
}

/** Looks at what a build has read. Undefined where something was changed since it began: nobody can tell which of both it saw. */
export function observe({ files, folders }: Inputs, started: number): Seen | undefined {
  const listings = Object.fromEntries(folders.map((folder) => [folder, listingOf(folder)]));
  const seen = { files: marksOf(files), folders: listings };
  const isSettled = Object.values(seen.files).every(({ modified }) => modified <= started);
  return isSettled && folders.every((folder) => modifiedAt(folder) <= started) ? seen : undefined;
}

/** Keeps what a build came to, once its outputs are on disk. */
export function remember(settings: Settings, seen: Seen, { problems, outputs, places }: Compiled): void {
  const place = placeFor(settings);
  if (place === undefined) return;
  keep(`${place}.places.json`, places);
  keep(`${place}.json`, { ...seen, problems, outputs: marksOf(outputs.map(({ path }) => path)) } satisfies Entry);
  tidy(dirname(place));
}

/** A file that holds what a build would write is read only by who wants to see it. */
function asOnDisk(path: string): Output {
  return {
    path,
    isOnDisk: true,
    get text() {
      return readFileSync(path, "utf8");
    },
  };
}

function isFresh({ files, folders, outputs }: Entry): boolean {
  return (
    Object.entries(folders).every(([path, listing]) => listingOf(path) === listing) &&
    [...Object.entries(files), ...Object.entries(outputs)].every(([path, mark]) => isSame(path, mark))
  );
}
