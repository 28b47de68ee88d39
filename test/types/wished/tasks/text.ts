/** Where a page was found. */
export interface Page {
  url: string;
  title: string | null;
}

/** Makes a text upper case.
 *  @task */
export function upper(text: string): string {
  return text.toUpperCase();
}

/** Writes a number for people.
 *  @task */
export function fmt(n: number, digits?: number, locale?: string): string {
  return n.toLocaleString(locale, { maximumFractionDigits: digits ?? 2 });
}

/** Puts texts together.
 *  @task */
export function join(separator: string, ...parts: string[]): string {
  return parts.join(separator);
}

/** Fetches a page.
 *  @task */
export async function fetchPage(url: string, mode: "fast" | "full" = "fast"): Promise<Page> {
  return { url, title: mode };
}

/** The titles of pages.
 *  @task */
export function titles(pages: Page[]): (string | null)[] {
  return pages.map((page) => page.title);
}
