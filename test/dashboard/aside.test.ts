import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { AsidePart, AsideView } from "../../compiler/dashboard/view.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { call } from "../reference/trees.js";
import { openPage, PATIENCE, startBrowser } from "./browser.js";
import { mount, source } from "./mounted.js";
import { openShop } from "./shop.js";
import { ask, listen } from "./visitor.js";

// A browser and a busy machine have a time of their own; what is waited for comes or does not.
vi.setConfig({ testTimeout: PATIENCE, hookTimeout: PATIENCE });

const broker = createMemoryBroker();
const shop = openShop(broker);
const COUNT = 1_201;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
  await shop.work({ queues: ["default", "io"] });
  const ids = Array.from({ length: COUNT }, (_, i) => `legacy-${i}`);
  await Promise.all(ids.map((id) => shop.send(id, call("tasks.legacy.export", ["never shown"]))));
  await vi.waitUntil(async () => (await broker.overview()).asideCount === COUNT, PATIENCE);
});
afterAll(async () => {
  await browser.close();
  await shop.close();
  await broker.close();
});

const serve = () => mount({ broker: source(broker), authorize: () => true });

describe("what is set aside", () => {
  test("is told by its number and its first page, and read page by page from there", async () => {
    const url = await serve();
    const stream = await listen(`${url}/api/events`);
    const first = await stream.until<AsideView>("aside", ({ count }) => count === COUNT);
    stream.close();
    const ids = first.records.map(({ id }) => id);
    expect(ids.length).toBeLessThan(COUNT);
    for (let { cursor } = first as AsidePart; cursor !== undefined; ) {
      const answer = await ask(`${url}/api/aside?cursor=${encodeURIComponent(cursor)}`);
      expect(answer.text).not.toContain("never shown");
      const page = answer.json() as AsidePart;
      ids.push(...page.records.map(({ id }) => id));
      cursor = page.cursor;
    }
    expect(new Set(ids).size).toBe(COUNT);
  });

  test("is not read from a place that is none", async () => {
    const url = await serve();
    expect((await ask(`${url}/api/aside?cursor=nowhere`)).status).toBe(400);
  });

  test("is shown as far as it was read, and all of it is given back at once", async () => {
    const page = await openPage(browser, `${await serve()}/#/aside`);
    await page.getByText("500 of 1,201 messages are read.").waitFor();
    expect(await page.locator(".lines li").count()).toBe(20);
    await page.getByRole("button", { name: "Show 20 more" }).click();
    await page.locator(".lines li").nth(39).waitFor();
    await page.getByRole("button", { name: "Give back to the queue" }).click();
    await page.getByRole("heading", { name: "Give back all messages?" }).waitFor();
    await page.getByRole("button", { name: "Leave it" }).click();
    await page.getByRole("button", { name: "Read more" }).click();
    await page.getByText("1,000 of 1,201 messages are read.").waitFor();
    await page.getByRole("button", { name: "Read more" }).click();
    await page.getByText(/messages are read/).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Give back to the queue" }).click();
    await page.getByRole("heading", { name: "Give back 1,201 messages?" }).waitFor();
    await page.getByRole("button", { name: "Give back", exact: true }).click();
    await page.getByText(/\d+ messages were given back to the queue\./).waitFor();
  });
});
