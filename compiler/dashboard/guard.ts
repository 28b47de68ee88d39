/** Who may come in, and what a request that changes something has to prove. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { DashboardAccess } from "./options.js";
import { Refusal } from "./reply.js";

/** The cookie that the login link leaves. */
const COOKIE = "tqc-dashboard";

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function sameText(found: string, expected: string): boolean {
  const [a, b] = [found, expected].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(a!, b!);
}

/** Whether the request comes from somebody who may use the dashboard. */
export async function mayEnter(request: IncomingMessage, { token, authorize }: DashboardAccess): Promise<boolean> {
  if (authorize) return authorize(request);
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return sameText(bearer, token);
  const cookie = cookieOf(request);
  return cookie !== undefined && sameText(cookie, passOf(token));
}

/** What the cookie holds: proof of the token, and not the token. */
export function passOf(token: string): string {
  return createHmac("sha256", token).update("tqc dashboard").digest("base64url");
}

/** The header that gives a browser its pass for this session, for no other site and no script to use. */
export function passCookie(
  { socket }: IncomingMessage,
  { token, path }: { readonly token: string; readonly path: string },
) {
  const isEncrypted = "encrypted" in socket && socket.encrypted === true;
  return `${COOKIE}=${passOf(token)}; Path=${path}; HttpOnly; SameSite=Strict${isEncrypted ? "; Secure" : ""}`;
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  const parts = (headers.cookie ?? "").split(";").map((part) => part.trim());
  return parts.find((part) => part.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

/** Throws unless a change is asked for by a page of this dashboard, or by a program: no other site can make a browser send it. */
export function needOwnOrigin({ headers }: IncomingMessage): void {
  const type = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new Refusal(415, "a change is asked for with content-type application/json");
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin")
    throw new Refusal(403, "this was asked for by a page of another site");
  if (headers.origin !== undefined && hostOf(headers.origin) !== headers.host)
    throw new Refusal(403, `this was asked for by a page of ${headers.origin}`);
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a request names this machine as its host. One that was led here by a name of somebody else's does not. */
export function namesLoopback({ headers }: IncomingMessage): boolean {
  return LOOPBACK.has((headers.host ?? "").replace(/:\d+$/, "").toLowerCase());
}
