/** Where a request leads within the dashboard, wherever that is mounted. */
import type { IncomingMessage } from "node:http";

/** A request's target, taken apart. */
export interface Place {
  /** Below the dashboard, without a slash in front: "" for its page. */
  readonly path: string;
  /** The dashboard's own path as the browser sees it, with a slash at its end. */
  readonly base: string;
  /** The browser stands at the base without its last slash, where relative links lead astray. */
  readonly lacksSlash: boolean;
  readonly query: URLSearchParams;
}

/** The place a request means; undefined where it lies outside `basePath`. Servers that mount cut the mount off `url` and keep it in `originalUrl`. */
export function placeOf(
  request: IncomingMessage & { readonly originalUrl?: string },
  basePath = "/",
): Place | undefined {
  const { pathname, searchParams: query } = parsed(request.url);
  const prefix = basePath.replace(/^\/*(.*?)\/*$/, "/$1").replace(/^\/$/, "");
  if (pathname !== prefix && !pathname.startsWith(`${prefix}/`)) return undefined;
  const path = decodeURIComponent(pathname.slice(prefix.length + 1));
  const seen = parsed(request.originalUrl ?? request.url).pathname;
  const lacksSlash = path === "" && !seen.endsWith("/");
  const base = lacksSlash ? `${seen}/` : seen.slice(0, seen.length - (pathname.length - prefix.length - 1));
  return { path, base, lacksSlash, query };
}

function parsed(url = "/"): URL {
  return new URL(url.replace(/^\/+/, "/"), "http://dashboard.invalid");
}
