/** Makes sure of a chromium for the tests: found on the PATH, else installed from Debian's packages when root, else a clear error. */
import { spawnSync } from "node:child_process";

const found = (): boolean => spawnSync("chromium", ["--version"], { stdio: "ignore" }).status === 0;

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    console.log(`apt-get ${args.join(" ")}`);
    spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
  }
}

const mayInstall = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
if (!found() && mayInstall) install();
if (!found()) {
  console.error(
    [
      "error: the tests of the dashboard need a chromium, and there is none on the PATH.",
      "help: install it, then run this again:",
      "        Debian, Ubuntu   sudo apt-get install chromium",
      "        macOS            brew install --cask chromium",
    ].join("\n"),
  );
  process.exit(1);
}
