import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Serving, serveDashboard } from "../../compiler/dashboard/serve.js";
import { call, chain, chord } from "../reference/trees.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { openPage, PATIENCE, startBrowser, until } from "./browser.js";
import { gallery, gated, openShop, type Shop, unpaid } from "./shop.js";

// A browser and a busy machine have a time of their own; what is waited for comes or does not.
vi.setConfig({ testTimeout: PATIENCE, hookTimeout: PATIENCE });

let redis: RedisServer;
let browser: Browser;
let shop: Shop;
let serving: Serving;

beforeAll(async () => {
  [redis, browser] = await Promise.all([startRedis(), startBrowser()]);
  shop = openShop(redis.url);
  await shop.work({ name: "shop-1", concurrency: 20 });
  serving = await serveDashboard({ broker: redis.url, host: "127.0.0.1", port: 0, readOnly: false });
});
afterAll(async () => {
  await browser.close();
  await serving.stop();
  await shop.close();
  await redis.stop();
});

const open = (place: string, options?: BrowserContextOptions) => openPage(browser, serving.link + place, options);

/** What the focus is on, and the colours that show, as the page says them. */
const LABEL = "document.activeElement?.getAttribute('aria-label')";
const THEME = "document.documentElement.dataset.theme";

/** What is said of a run's head. */
const HEAD = ".run-title .badge";

test("the overview has the queues, the workers, what was done by task, and what failed", async () => {
  await shop.send("far", { ...call("tasks.images.fetch"), options: { queue: "far" } });
  await shop.send("order-7", unpaid());
  const page = await open("#/overview");
  await page.locator("tr", { hasText: "far" }).getByText("nobody").waitFor();
  await page.locator(".tile", { hasText: "Workers" }).getByText("1", { exact: true }).waitFor();
  await page.locator("tr", { hasText: "charge" }).getByText("100%").waitFor();
  await page.getByRole("link", { name: "order-7~1" }).waitFor();
  expect(
    await page
      .getByRole("img", { name: /Attempts per minute/ })
      .locator("canvas")
      .count(),
  ).toBe(1);
});

test("a run goes on before one's eyes, without a reload", async () => {
  await shop.send("live", gated("live"));
  await shop.reached("live");
  const page = await open("#/run/live");
  await page.locator(HEAD).getByText("STARTED").waitFor();
  await page.locator(".node[data-state=STARTED]", { hasText: "3 of 8" }).waitFor();
  await page.evaluate(() => Object.assign(globalThis, { isTheSame: true }));
  shop.open("live");
  await page.locator(HEAD).getByText("SUCCESS").waitFor();
  expect(await page.locator(".node[data-state=SUCCESS]").count()).toBe(6);
  expect(await page.evaluate(() => "isTheSame" in globalThis)).toBe(true);
});

test("a failed node shows its error with its stack, as text and nothing else", async () => {
  const handle = await shop.send("order-8", unpaid());
  await handle.get().catch(() => {});
  const page = await open("#/run/order-8");
  await page.locator(".node", { hasText: "charge" }).click();
  const panel = page.getByRole("complementary", { name: "Node" });
  expect(await panel.locator("pre").textContent()).toMatch(
    /^CardRefused: the card of bytes of <b>a<\/b> .*\n\s+at refuseCard .*shop\.ts/,
  );
  expect(await panel.locator("b").count()).toBe(0);
  await panel.getByText("shop-1:").waitFor();
  expect(page.url()).toMatch(/#\/run\/order-8\/1$/);
});

test("a run is revoked, once one has agreed", async () => {
  await shop.send("doomed", gated("doomed"));
  await shop.reached("doomed");
  const page = await open("#/run/doomed");
  await page.getByRole("button", { name: "Revoke run" }).click();
  await page.getByRole("button", { name: "Leave it" }).click();
  await page.locator(HEAD).getByText("STARTED").waitFor();
  await page.getByRole("button", { name: "Revoke run" }).click();
  await page.getByLabel(/Stop what runs/).check();
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await page.getByText("doomed is revoked.").waitFor();
  await page.locator(HEAD).getByText("REVOKED").waitFor();
  await page.getByRole("button", { name: "Revoke run" }).waitFor({ state: "detached" });
});

test("what was set aside is given back", async () => {
  await shop.send("old", call("tasks.legacy.export"));
  const page = await open("#/aside");
  await page.getByText("No worker that saw it knows the task.").waitFor();
  await page.getByRole("button", { name: "Give back to the queue" }).click();
  await page.getByRole("button", { name: "Give back", exact: true }).click();
  await page.getByText("1 message was given back to the queue.").waitFor();
});

test("the search box finds by id, by task and by stamp", async () => {
  const stamped = {
    ...chain(call("tasks.orders.gate", ["vip"]), call("tasks.images.pack")),
    stampers: [{ customer: "c7" }],
  };
  await shop.send("stamped", stamped);
  await shop.reached("vip");
  const page = await open("#/runs");
  const main = page.locator("main");
  for (const [text, by] of [
    ["stamped", "its id"],
    ["orders.gate", "its task"],
    ["customer=c7", "its stamp"],
  ] as const) {
    await page.keyboard.press("/");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await main
      .locator("tr", { hasText: by })
      .getByRole("link", { name: /^stamped/ })
      .first()
      .waitFor();
  }
  await page.keyboard.press("/");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("nothing of the kind");
  await page.keyboard.press("Enter");
  await page.getByText("Nothing was found.").waitFor();
});

describe("by keyboard", () => {
  test("one goes from view to view, and asks for help", async () => {
    const page = await open("");
    for (const [key, title] of [
      ["r", "Runs"],
      ["w", "Workers"],
      ["a", "Set aside"],
      ["s", "Schedule"],
    ] as const) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
    }
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys and help" }).waitFor();
    await page.keyboard.press("Escape");
    await page
      .getByRole("dialog")
      .waitFor({ state: "detached" })
      .catch(() => {});
    expect(await page.getByRole("dialog").isVisible()).toBe(false);
  });

  test("one walks through a run and looks at a node", async () => {
    const handle = await shop.send(
      "walk",
      chain(
        call("tasks.images.fetch"),
        chord([call("tasks.images.resize"), call("tasks.images.fetch")], call("tasks.images.pack")),
      ),
    );
    await handle.get();
    const page = await open("#/run/walk");
    await page.locator(".node").first().waitFor();
    const focused = () => page.evaluate<string | null>(LABEL);
    await page.locator(".stage").focus();
    const walked: (string | null | undefined)[] = [];
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft"]) {
      const before = await focused();
      await page.keyboard.press(key);
      await until(page, async () => (await focused()) !== before);
      walked.push((await focused())?.split(",")[0]);
    }
    expect(walked).toEqual([
      "fetch",
      expect.stringMatching(/resize|fetch/),
      expect.stringMatching(/resize|fetch/),
      "join",
      "pack",
      "join",
    ]);
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Node" }).getByText("SUCCESS").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("complementary").waitFor({ state: "detached" });
  });
});

test("colours are those of the system until one chooses, and the choice is remembered", async () => {
  const page = await open("#/overview", { colorScheme: "dark" });
  const theme = () => page.evaluate<string[]>(`[${THEME}, getComputedStyle(document.documentElement).backgroundColor]`);
  expect(await theme()).toEqual(["dark", "rgb(14, 17, 22)"]);
  await page.emulateMedia({ colorScheme: "light" });
  await until(page, async () => (await theme())[0] === "light");
  await page.keyboard.press("t");
  await until(page, async () => (await theme())[0] === "dark");
  await page.reload();
  await page.locator(".tile").first().waitFor();
  expect((await theme())[0]).toBe("dark");
});

describe("a run of ten thousand nodes", () => {
  const waiting = (task: string) => ({ ...call(task), options: { queue: "unserved" } });
  const elements = "document.querySelectorAll('*').length";

  test("is a few boxes; unfolded, its nodes are drawn on one canvas, and each can be looked at", async () => {
    const members = Array.from({ length: 10_000 }, () => waiting("tasks.images.resize"));
    await shop.send("big", chain(chord(members, call("tasks.images.pack")), call("tasks.images.fetch")));
    const page = await open("#/run/big");
    await page.locator(".node", { hasText: "×10K" }).locator(".node-face").click();
    const canvas = page.locator(".cells canvas");
    await canvas.click({ position: { x: 1, y: 1 } });
    await page.getByRole("complementary", { name: "Node" }).getByText("big~0", { exact: true }).waitFor();
    expect(await page.locator(".node").count()).toBeLessThanOrEqual(4);
    expect(await page.evaluate<number>(elements)).toBeLessThan(400);
    // Where the mouse stands is where the keys would go on from.
    await page.mouse.move(5, 5);
    await canvas.focus();
    for (const key of ["ArrowDown", "ArrowRight", "Enter"]) await page.keyboard.press(key);
    await page
      .getByRole("complementary", { name: "Node" })
      .getByText(/^big~1\d\d$/)
      .waitFor();
  });

  test("that nothing folds has no more in the page than is looked at, wherever one drags it", async () => {
    const tasks = ["tasks.images.resize", "tasks.images.fetch", "tasks.images.pack"];
    const steps = Array.from({ length: 10_000 }, (_, i) => waiting(tasks[i % 3]!));
    await shop.send("long", chain(...steps));
    const page = await open("#/run/long");
    await page.locator(".node").first().waitFor();
    const counts: number[] = [];
    const first = await page.locator(".node").first().getAttribute("data-node");
    for (let i = 0; i < 5; i++) {
      await page.mouse.move(1200, 700);
      await page.mouse.down();
      await page.mouse.move(100, 700, { steps: 8 });
      await page.mouse.up();
      counts.push(await page.evaluate<number>(elements));
    }
    await page.locator(`[data-node="${first}"]`).waitFor({ state: "detached" });
    await page.mouse.wheel(0, 4_000);
    await until(page, async () => (await page.locator(".node").count()) > 20);
    counts.push(await page.evaluate<number>(elements));
    expect(Math.max(...counts)).toBeLessThan(4_000);
    expect(Math.max(...counts.slice(0, 5))).toBeLessThan(1_000);
  });
});

test("a dashboard that is read-only has no buttons that change something", async () => {
  const readOnly = await serveDashboard({ broker: redis.url, host: "127.0.0.1", port: 0, readOnly: true });
  onTestFinished(() => readOnly.stop());
  await shop.send("calm", gated("calm"));
  await shop.reached("calm");
  const page = await openPage(browser, `${readOnly.link}#/run/calm/0`);
  await page.getByText("read-only").first().waitFor();
  await page.getByRole("complementary", { name: "Node" }).getByText("tasks.orders").first().waitFor();
  expect(await page.getByRole("button", { name: /Revoke/ }).count()).toBe(0);
  const status = await page.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    return (await fetch("api/revoke", { method: "POST", headers, body: `{"id":"calm"}` })).status;
  });
  expect(status).toBe(403);
});

test("with a token, one comes in by the link and stays", async () => {
  const locked = await serveDashboard({
    broker: redis.url,
    host: "127.0.0.1",
    port: 0,
    token: "a-long-enough-token",
    readOnly: false,
  });
  onTestFinished(() => locked.stop());
  const page = await openPage(browser, `http://127.0.0.1:${locked.port}/`);
  await page.getByLabel("Token").fill("a-long-enough-token");
  await page.getByRole("button", { name: "Come in" }).click();
  await page.getByText("live", { exact: true }).waitFor();
  expect(page.url()).not.toContain("token");
  await page.reload();
  await page.getByText("live", { exact: true }).waitFor();
});

test("while Redis is away a banner says so, and goes when it is back", async () => {
  const own = await startRedis();
  const watching = await serveDashboard({ broker: own.url, host: "127.0.0.1", port: 0, readOnly: false });
  onTestFinished(async () => {
    await watching.stop();
    await own.stop();
  });
  const page = await openPage(browser, watching.link);
  await page.getByText("No message waits in any queue.").waitFor();
  await own.crash();
  await page.getByRole("alert").getByText("The broker does not answer.").waitFor();
  await own.start();
  await page.getByRole("alert").waitFor({ state: "detached" });
});

test("on a narrow screen nothing stands beside it", async () => {
  await (await shop.send("album", gallery(12))).get();
  const page = await open("", { viewport: { width: 380, height: 760 } });
  for (const place of ["overview", "runs", "workers", "aside", "schedule", "search?q=images", "run/album/0"]) {
    await page.goto(`${serving.link}#/${place}`);
    await page
      .locator(place.startsWith("run/") ? ".node" : ".card")
      .first()
      .waitFor();
    expect([place, await page.evaluate<number>("document.documentElement.scrollWidth")]).toEqual([place, 380]);
  }
});
