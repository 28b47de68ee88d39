/**
 * What a build came to, kept under `node_modules/.cache/tqc`, so that a build of an unchanged project loads no compiler.
 * A project without `node_modules` keeps nothing.
 */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { type FileMark, hashOf, isSame, listingOf, markOf, stampOf } from "./cache/marks.js";
import { keep, load, placeFor, tidy } from "./cache/store.js";
import type { Place, Problem } from "./diagnostic.js";
import type { Output } from "./emit.js";
import type { Settings } from "./settings.js";
import type { Written } from "./write.js";

/** What is kept of a build. */
export interface Compiled {
  readonly problems: readonly Problem[];
  readonly outputs: readonly Output[];
  /** Where each task stands in the source, by its name. */
  readonly places: Readonly<Record<string, Place>>;
}

/** What a build depends on. */
export interface Inputs {
  /** Every file whose text had a say. */
  readonly files: readonly string[];
  /** Every folder in which a new file might have a say. */
  readonly folders: readonly string[];
}

/** What has to be read each time: small. */
interface Entry {
  readonly problems: readonly Problem[];
  readonly files: { readonly [path: string]: FileMark };
  readonly folders: { readonly [path: string]: string };
  /** Path -> the stamp of the file that holds what was generated, once it was written. */
  readonly written: { readonly [path: string]: string };
  /** Tells the body that belongs to this entry. */
  readonly body: string;
}

/** What has to be read only where something is to be written, or told: large. */
interface Body extends Pick<Compiled, "outputs" | "places"> {
  readonly id: string;
}

/** What was kept for these settings, if nothing it depends on has changed. */
export function recall(settings: Settings): Compiled | undefined {
  const place = placeFor(settings);
  const entry = place === undefined ? undefined : load<Entry>(`${place}.json`);
  if (place === undefined || !entry || !isFresh(entry)) return undefined;
  const written = Object.entries(entry.written);
  const isThere = written.length > 0 && written.every(([path, stamp]) => stampOf(path) === stamp);
  return isThere ? asOnDisk(entry, place) : asKept(entry, place);
}

/** Keeps what a build came to. */
export function remember(settings: Settings, inputs: Inputs, { problems, outputs, places }: Compiled): void {
  const place = placeFor(settings);
  if (place === undefined) return;
  const files = Object.fromEntries(inputs.files.flatMap((file) => [[file, markOf(file)]]).filter(([, mark]) => mark));
  const folders = Object.fromEntries(inputs.folders.map((folder) => [folder, listingOf(folder)]));
  const id = hashOf(JSON.stringify(files));
  keep(`${place}.body.json`, { id, outputs, places } satisfies Body);
  keep(`${place}.json`, { problems, files, folders, written: {}, body: id } satisfies Entry);
  tidy(dirname(place));
}

/** Takes note that files hold what was generated, so that the next build need not compare them. */
export function seal(settings: Settings, files: readonly Written[]): void {
  const place = placeFor(settings);
  const isSealed = files.every(({ path, stamp }) => stamp !== undefined && stamp === stampOf(path));
  const entry = place === undefined || isSealed ? undefined : load<Entry>(`${place}.json`);
  if (!entry) return;
  const written = Object.fromEntries(files.map(({ path }) => [path, stampOf(path) ?? ""]));
  keep(`${place}.json`, { ...entry, written } satisfies Entry);
}

/** The generated files are what was written then: they need not be read to know it. */
function asOnDisk({ problems, written }: Entry, place: string): Compiled {
  const outputs = Object.entries(written).map(([path, stamp]) => ({
    path,
    stamp,
    get text() {
      return readFileSync(path, "utf8");
    },
  }));
  return {
    problems,
    outputs,
    get places() {
      return load<Body>(`${place}.body.json`)?.places ?? {};
    },
  };
}

function asKept({ problems, body: id }: Entry, place: string): Compiled | undefined {
  const body = load<Body>(`${place}.body.json`);
  return body?.id === id ? { problems, outputs: body.outputs, places: body.places } : undefined;
}

function isFresh({ files, folders }: Entry): boolean {
  return (
    Object.entries(folders).every(([path, listing]) => listingOf(path) === listing) &&
    Object.entries(files).every(([path, mark]) => isSame(path, mark))
  );
}
