import { describe, expect, onTestFinished, test } from "vitest";
import { dashboard } from "../../compiler/dashboard/dashboard.js";
import { isLoopback, serveDashboard } from "../../compiler/dashboard/serve.js";
import { stillBroker } from "../commands/stage.js";
import { mount, serve, source, under } from "./mounted.js";
import { ask, change, listen } from "./visitor.js";

const TOKEN = "a-long-enough-token";
const broker = source(stillBroker());
const anyone = { broker, authorize: () => true } as const;
const NOWHERE = "redis://127.0.0.1:1";

describe("who comes in", () => {
  test("nobody, before somebody has said who may", () => {
    expect(() => dashboard({ broker } as never)).toThrow(/token, or authorize/);
    expect(() => dashboard({ broker, token: "short" })).toThrow(/8 characters/);
  });

  test("with a token, those who show it", async () => {
    const url = await mount({ broker, token: TOKEN });
    const status = async (headers: Record<string, string>) => (await ask(`${url}/api/hello`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: "Bearer wrong" })).toBe(401);
    expect(await status({ authorization: `Bearer ${TOKEN}` })).toBe(200);
    for (const path of ["/", "/api/events", "/api/node?run=r", "/api/search?q=a", "/api/revoke"])
      expect((await ask(url + path)).status).toBe(401);
  });

  test("by the link, which leaves a cookie that no script and no other site can use", async () => {
    const url = await mount({ broker, token: TOKEN });
    const { status, headers } = await ask(`${url}/?token=${TOKEN}`);
    expect([status, headers.location]).toEqual([303, "/"]);
    const [cookie = ""] = headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^tqc-dashboard=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(TOKEN);
    expect((await ask(`${url}/api/hello`, { headers: { cookie: cookie.split(";")[0]! } })).status).toBe(200);
    expect((await ask(`${url}/?token=wrong`)).status).toBe(401);
  });

  test("a person without a token is asked for it, in a page without a script", async () => {
    const url = await mount({ broker, token: TOKEN });
    const { status, text, headers } = await ask(url, { headers: { accept: "text/html" } });
    expect(status).toBe(401);
    expect(headers["content-type"]).toMatch(/html/);
    expect(text).toMatch(/<input type="password" name="token"/);
    expect(text).not.toMatch(/<script|<style|style=/);
  });

  test("whoever the application lets in", async () => {
    const url = await mount({ broker, authorize: async ({ headers }) => headers["x-user"] === "admin" });
    expect((await ask(`${url}/api/hello`)).status).toBe(401);
    expect((await ask(`${url}/api/hello`, { headers: { "x-user": "admin" } })).status).toBe(200);
  });

  test("a check of the application's that breaks lets nobody in", async () => {
    const url = await mount({ broker, authorize: () => Promise.reject(new Error("no session store")) });
    expect((await ask(`${url}/api/hello`)).status).toBe(500);
  });
});

describe("the command's server", () => {
  const start = async (options: { host?: string; token?: string; readOnly?: boolean } = {}) => {
    const serving = await serveDashboard({ broker: NOWHERE, host: "127.0.0.1", port: 0, readOnly: false, ...options });
    onTestFinished(() => serving.stop());
    return { ...serving, url: `http://127.0.0.1:${serving.port}` };
  };

  test("answers on this machine alone, without a token", async () => {
    const { link, url } = await start();
    expect(link).toBe(`${url}/`);
    expect((await ask(link)).status).toBe(200);
  });

  test.each(["attacker.example", "attacker.example:80", "127.0.0.1.attacker.example"])(
    "is not led to by a name that is not this machine's: %j",
    async (host) => {
      const { url } = await start();
      expect((await ask(`${url}/api/hello`, { headers: { host } })).status).toBe(421);
    },
  );

  test.each(["localhost", "LOCALHOST:4321", "127.0.0.1:9", "[::1]:4321"])("is led to by %s", async (host) => {
    const { url } = await start();
    expect((await ask(`${url}/api/hello`, { headers: { host } })).status).toBe(200);
  });

  test("elsewhere makes up a token, another each time", async () => {
    // The same machine, in a form that is not taken for it.
    const links = await Promise.all([1, 2].map(async () => (await start({ host: "::ffff:127.0.0.1" })).link));
    const tokens = links.map((link) => new URL(link).searchParams.get("token"));
    expect(tokens.map((token) => token?.length)).toEqual([24, 24]);
    expect(tokens[0]).not.toBe(tokens[1]);
  });

  test("asks for a token that was given, on this machine too", async () => {
    const { url, link } = await start({ token: TOKEN });
    expect((await ask(`${url}/api/hello`)).status).toBe(401);
    expect(link).toBe(`${url}/?token=${TOKEN}`);
  });

  test("says so where the port is taken", async () => {
    const { port } = await start();
    await expect(serveDashboard({ broker: NOWHERE, host: "127.0.0.1", port, readOnly: true })).rejects.toThrow(
      /port is in use/,
    );
  });

  test.each([
    ["127.0.0.1", true],
    ["127.8.9.1", true],
    ["localhost", true],
    ["::1", true],
    ["0.0.0.0", false],
    ["::", false],
    ["192.168.1.5", false],
    ["localhost.example", false],
  ])("%s is this machine alone: %s", (host, is) => expect(isLoopback(host)).toBe(is));
});

describe("a change", () => {
  const refusals: readonly (readonly [string, Record<string, string>, number])[] = [
    ["by a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["in plain text", { "content-type": "text/plain" }, 415],
    ["by a page of another site", { "sec-fetch-site": "cross-site" }, 403],
    ["by a page of a neighbouring site", { "sec-fetch-site": "same-site" }, 403],
    ["by a page of another origin", { origin: "http://attacker.example" }, 403],
    ["by a page without an origin", { origin: "null" }, 403],
  ];
  test.each(refusals)("asked for %s is refused", async (_, headers, status) => {
    const url = await mount(anyone);
    expect((await change(`${url}/api/revoke`, { id: "r" }, headers)).status).toBe(status);
  });

  test("asked for by its own page, or by a program, is made", async () => {
    const url = await mount(anyone);
    const own = { origin: url, "sec-fetch-site": "same-origin" };
    for (const headers of [own, {}]) expect((await change(`${url}/api/revoke`, { id: "r" }, headers)).status).toBe(200);
  });

  test("is never made by GET", async () => {
    const url = await mount(anyone);
    for (const path of ["revoke", "retry"]) expect((await ask(`${url}/api/${path}`)).status).toBe(405);
    for (const path of ["", "api/hello", "api/events"]) expect((await change(`${url}/${path}`, {})).status).toBe(405);
  });

  test.each([["[]"], ["null"], ["{"], [`{"id":1}`], [`{"id":""}`], [`{"id":"r","terminate":"yes"}`]])(
    "that is not understood is refused: %s",
    async (body) => {
      const url = await mount(anyone);
      const headers = { "content-type": "application/json" };
      expect((await ask(`${url}/api/revoke`, { method: "POST", headers, body })).status).toBe(400);
    },
  );

  test("that is huge is refused", async () => {
    const url = await mount(anyone);
    expect((await change(`${url}/api/revoke`, { id: "x".repeat(20_000) })).status).toBe(413);
  });

  test("is refused by a dashboard that is read-only, whoever asks", async () => {
    const url = await mount({ ...anyone, readOnly: true });
    for (const path of ["revoke", "retry"]) expect((await change(`${url}/api/${path}`, { id: "r" })).status).toBe(403);
    expect((await ask(`${url}/api/hello`)).json()).toMatchObject({ readOnly: true });
  });
});

describe("a page", () => {
  test("runs no code and no styles but the dashboard's own, is in no frame, and is what it says", async () => {
    const url = await mount(anyone);
    const [, script] = /src="\.\/(assets\/[^"]+\.js)"/.exec((await ask(url)).text) ?? [];
    for (const path of ["", script, "api/hello", "api/search?q=a", "api/nothing"]) {
      const { headers } = await ask(`${url}/${path}`);
      expect(headers["content-security-policy"]).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers["content-security-policy"]).not.toMatch(/unsafe|\*|https?:/);
      expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
    }
    expect((await ask(url)).text).not.toMatch(/<script(?![^>]*src=)|<style|style=|https?:\/\//);
  });

  test("is asked for anew each time; what it is made of is kept", async () => {
    const url = await mount(anyone);
    const page = await ask(url);
    const [, script] = /src="\.\/(assets\/[^"]+\.js)"/.exec(page.text) ?? [];
    expect(page.headers["cache-control"]).toBe("no-store");
    const asset = await ask(`${url}/${script}`);
    expect(asset.headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": expect.stringContaining("immutable"),
    });
  });

  test.each([
    "/../package.json",
    "/%2e%2e/%2e%2e/package.json",
    "/assets/../../dashboard.js",
    "/%",
    "/api/constructor",
    "/__proto__",
  ])("leads nowhere at %s", async (path) => {
    const url = await mount(anyone);
    expect((await ask(url + path)).status).toBe(404);
  });
});

describe("mounted below a path", () => {
  test("by a server that cuts the path off, as Express does", async () => {
    const handle = dashboard({ broker, token: TOKEN });
    onTestFinished(() => handle.close());
    const url = await serve(under("/admin/tasks", handle));
    const bare = await ask(`${url}/admin/tasks?token=${TOKEN}`);
    expect([bare.status, bare.headers.location]).toEqual([303, `/admin/tasks/?token=${TOKEN}`]);
    const entered = await ask(`${url}/admin/tasks/?token=${TOKEN}`);
    expect(entered.headers.location).toBe("/admin/tasks/");
    const [cookie = ""] = entered.headers["set-cookie"] ?? [];
    expect(cookie).toContain("Path=/admin/tasks/;");
    const headers = { cookie: cookie.split(";")[0]! };
    expect((await ask(`${url}/admin/tasks/`, { headers })).text).toContain("./assets/");
    expect((await ask(`${url}/admin/tasks/api/hello`, { headers })).status).toBe(200);
    expect((await ask(`${url}/admin/tasks/nothing`, { headers })).text).toBe("next");
  });

  test("by a server that leaves the path, with basePath", async () => {
    const url = await mount({ ...anyone, basePath: "/admin/tasks/" });
    expect((await ask(`${url}/admin/tasks`)).headers.location).toBe("/admin/tasks/");
    expect((await ask(`${url}/admin/tasks/api/hello`)).status).toBe(200);
    expect((await ask(`${url}/admin/tasksapi/hello`)).status).toBe(404);
    expect((await ask(`${url}/api/hello`)).status).toBe(404);
  });

  test("takes a body that a framework has read already", async () => {
    const handle = dashboard(anyone);
    onTestFinished(() => handle.close());
    const url = await serve((request, response) => handle(Object.assign(request, { body: { id: "r" } }), response));
    expect((await change(`${url}/api/revoke`, {})).json()).toMatchObject({ ok: false, says: "r had ended already." });
  });
});

test("a broker that does not answer is told of, and what needs it is refused", async () => {
  const url = await mount({ broker: NOWHERE, authorize: () => true });
  const stream = await listen(`${url}/api/events`);
  const health = await stream.until<{ up: boolean; says: string }>("health");
  expect(health).toEqual({ up: false, says: expect.stringContaining("127.0.0.1:1") });
  stream.close();
  expect((await ask(`${url}/api/search?q=a`)).status).toBe(503);
});
