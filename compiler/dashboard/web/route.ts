/** Where the page is: the part of the address behind the `#`, so that it works wherever the dashboard is mounted. */
import { computed, signal } from "@preact/signals";

export const VIEWS = ["overview", "runs", "workers", "aside", "schedule", "search"] as const;
type View = (typeof VIEWS)[number];

/** A view, or one run with a node of it. */
export type Route =
  | { readonly view: View; readonly query: URLSearchParams }
  | { readonly view: "run"; readonly id: string; readonly index?: number };

const hash = signal(location.hash);
addEventListener("hashchange", () => {
  hash.value = location.hash;
});

/** Where the page is now. */
export const route = computed(() => read(hash.value));

function read(text: string): Route {
  const [path = "", query = ""] = text.replace(/^#\/?/, "").split("?");
  const [first = "", ...rest] = path.split("/").map(decodeURIComponent);
  if (first === "run" && rest[0]) {
    const [id, index] = rest;
    return index === undefined || !/^\d+$/.test(index)
      ? { view: "run", id }
      : { view: "run", id, index: Number(index) };
  }
  const view = VIEWS.find((name) => name === first) ?? "overview";
  return { view, query: new URLSearchParams(query) };
}

/** The address of a view. */
export function linkTo(view: View, query: Readonly<Record<string, string>> = {}): string {
  const text = new URLSearchParams(query).toString();
  return `#/${view}${text && `?${text}`}`;
}

/** The address of a run, or of one of its nodes. */
export function linkToRun(id: string, index?: number): string {
  return `#/run/${encodeURIComponent(id)}${index === undefined ? "" : `/${index}`}`;
}

/** Goes there. */
export function go(link: string): void {
  location.hash = link;
}

/** Goes there without a step to come back to. */
export function swap(link: string): void {
  history.replaceState(null, "", link);
  hash.value = location.hash;
}
