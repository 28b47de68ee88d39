/** Makes sure of a redis-server for the tests: found on the PATH, else installed from Debian's packages when root, else a clear error. */
import { spawnSync } from "node:child_process";

const found = (): boolean => spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;

function install(): void {
  // The tests start servers of their own, so the packaged one is not to be started: run level 1 tells Debian's scripts so.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "redis-server"]]) {
    console.log(`apt-get ${args.join(" ")}`);
    spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
  }
}

const mayInstall = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
if (!found() && mayInstall) install();
if (!found()) {
  console.error(
    [
      "error: the tests need a redis-server (7 or newer), and there is none on the PATH.",
      "help: install it, then run this again:",
      "        Debian, Ubuntu   sudo apt-get install redis-server",
      "        macOS            brew install redis",
    ].join("\n"),
  );
  process.exit(1);
}
