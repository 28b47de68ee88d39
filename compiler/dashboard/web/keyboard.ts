/** Keys that work everywhere: `/` to search, `g` and a letter to go somewhere, `?` for help, Escape to close. */
import { signal } from "@preact/signals";
import { go, linkTo } from "./route.js";
import { toggleTheme } from "./theme.js";

export const helpShown = signal(false);

const PLACES: Readonly<Record<string, Parameters<typeof linkTo>[0]>> = {
  o: "overview",
  r: "runs",
  w: "workers",
  a: "aside",
  s: "schedule",
};

/** How long a `g` waits for its letter, ms. */
const PATIENCE = 1_500;

let goingSince = 0;

/** Listens from now on. */
export function listenToKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (press(event.key)) event.preventDefault();
  });
}

function press(key: string): boolean {
  const place = isGoing() ? PLACES[key] : undefined;
  goingSince = key === "g" ? performance.now() : 0;
  if (place) go(linkTo(place));
  else if (key === "/") document.querySelector<HTMLInputElement>("#search")?.focus();
  else if (key === "?") helpShown.value = !helpShown.value;
  else if (key === "t") toggleTheme();
  else return false;
  return true;
}

function isGoing(): boolean {
  return goingSince > 0 && performance.now() - goingSince < PATIENCE;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("input:not([type=checkbox]), textarea, select, dialog *:not(button)")
  );
}
