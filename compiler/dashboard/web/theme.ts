/** Light or dark: as the system says, unless somebody has chosen. */
import { computed, effect, signal } from "@preact/signals";

type Theme = "light" | "dark";

const KEY = "tqc-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const systemTheme = signal<Theme>(system.matches ? "dark" : "light");
system.addEventListener("change", () => {
  systemTheme.value = system.matches ? "dark" : "light";
});

const chosen = signal<Theme | undefined>(read());

/** The theme that shows. */
export const theme = computed<Theme>(() => chosen.value ?? systemTheme.value);

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

/** Shows the other one, from now on. */
export function toggleTheme(): void {
  chosen.value = theme.value === "dark" ? "light" : "dark";
  try {
    localStorage.setItem(KEY, chosen.value);
  } catch {
    // Where nothing may be stored, the choice lasts as long as the page.
  }
}

function read(): Theme | undefined {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : undefined;
  } catch {
    return undefined;
  }
}
