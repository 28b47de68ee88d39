import { spawnSync } from "node:child_process";
import { test } from "vitest";
import { contractOn } from "./on-server.js";

const found = spawnSync("valkey-server", ["--version"], { stdio: "ignore" }).status === 0;

if (found) contractOn("valkey-server");
else test("Valkey was not tried: there is no valkey-server on the PATH", () => {});
