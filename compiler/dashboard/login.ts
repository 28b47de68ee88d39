/** The way in with a token: the link that carries it, and the page for who comes without. */
import { passCookie, sameText } from "./guard.js";
import { redirect, send } from "./reply.js";
import type { Visit } from "./routes.js";

/** Lets in who comes by the link, once: from then on the cookie does. False where nobody comes by a link. */
export function logIn({ request, response, place }: Visit, token: string | undefined): boolean {
  const given = place.query.get("token");
  if (token === undefined || given === null || place.path !== "") return false;
  if (sameText(given, token))
    redirect(response, place.base, { "set-cookie": passCookie(request, { token, path: place.base }) });
  else refuse({ request, response, place }, "That is not the token.");
  return true;
}

/** Says that one has to show who one is: with a page to those who want one, else in a word. */
export function refuse({ request, response, place }: Visit, says = ""): void {
  const headers = { "www-authenticate": 'Bearer realm="tqc dashboard"' };
  const wantsPage = place.path === "" && /text\/html/.test(request.headers.accept ?? "");
  const type = wantsPage ? "text/html" : "application/json";
  const content = wantsPage ? page(says) : JSON.stringify({ ok: false, says: "the token is missing or wrong" });
  send(response, { status: 401, type: `${type}; charset=utf-8`, content, headers });
}

/** Without styles of its own: the policy allows none, and the browser's are fine for one field. */
const page = (says: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>tqc dashboard</title></head>
<body>
<h1>tqc dashboard</h1>
<p role="alert">${says}</p>
<form><label>Token <input type="password" name="token" required autofocus autocomplete="current-password"></label> <button>Come in</button></form>
<p><small>The command that started the dashboard has printed it.</small></p>
</body>
</html>
`;
