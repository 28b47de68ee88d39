import { describe, expect, test } from "vitest";
import { chooseBroker, openBroker } from "../../runtime/client/broker-choice.js";
import { systemClock } from "../../runtime/clock.js";
import { ConfigurationError } from "../../runtime/errors.js";

const nothing = { configured: undefined, hasRegistry: false, environment: {} };

describe("the broker is", () => {
  test.each([
    [
      "what was configured",
      { ...nothing, configured: "redis://a", environment: { TQC_BROKER_URL: "redis://b" } },
      "redis://a",
    ],
    ["else what the environment names", { ...nothing, environment: { TQC_BROKER_URL: "redis://b" } }, "redis://b"],
    ["else this process, where it has the tasks", { ...nothing, hasRegistry: true }, "memory://"],
  ])("%s", (_, choice, url) => expect(chooseBroker(choice)).toBe(url));

  test("to be named in production, even where the tasks are at hand", () => {
    const choice = { ...nothing, hasRegistry: true, environment: { NODE_ENV: "production" } };
    expect(() => chooseBroker(choice)).toThrow(ConfigurationError);
    expect(() => chooseBroker(choice)).toThrow("set TQC_BROKER_URL=redis://localhost:6379, or call app.configure(");
  });

  test("to be named where the tasks are not at hand", () => {
    expect(() => chooseBroker(nothing)).toThrow("the registry is not imported here");
  });

  test("never one of an unknown kind, and no password is told", async () => {
    const opening = openBroker("amqp://me:secret@host", { clock: systemClock });
    await expect(opening).rejects.toThrow('found "amqp://…@host"');
  });
});
