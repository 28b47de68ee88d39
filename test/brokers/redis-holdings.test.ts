import { describe, expect, test } from "vitest";
import { Holding } from "../../runtime/brokers/redis/holdings.js";

describe("an offer that has ended", () => {
  test("holds nobody up, and yet what was handed in time is taken, however late the word comes", () => {
    const holding = new Holding();
    holding.offer("t", -1_000);
    expect(holding.offered).toBe(0);
    expect(holding.known).toBe("t");
    expect(holding.accept("1700000000000-t-1")).toBe(true);
    expect(holding.known).toBe("1700000000000-t-1");
  });

  test("is renounced in time: what comes then is others'", () => {
    const holding = new Holding();
    holding.offer("t", -10_000);
    expect(holding.known).toBe("");
    expect(holding.accept("1700000000000-t-1")).toBe(false);
  });
});

describe("an offer that is on its way to the server", () => {
  test("may be taken up before the reply is here, which does not renew it", () => {
    const holding = new Holding();
    holding.offer("t", 1_000);
    expect(holding.accept("1700000000000-t-1")).toBe(true);
    holding.confirm("t", 1_000);
    expect([holding.offered, holding.known]).toEqual([0, "1700000000000-t-1"]);
  });

  test("is not taken for noted where a wait ended meanwhile: the server may have struck it again", () => {
    const holding = new Holding();
    holding.offer("t", 1_000);
    holding.strike();
    holding.confirm("t", 1_000);
    expect(holding.noted).toBe(0);
    expect(holding.offered).toBeGreaterThan(0);
  });

  test("is over where there was work to claim instead", () => {
    const holding = new Holding();
    holding.offer("t", 1_000);
    holding.withdraw("t");
    expect([holding.offered, holding.known]).toEqual([0, ""]);
  });
});
