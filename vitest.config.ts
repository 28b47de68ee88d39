import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^tqc$/, replacement: here("runtime/index.ts") },
      { find: /^tqc\/testing$/, replacement: here("runtime/testing.ts") },
      { find: /^tqc\/compiler$/, replacement: here("compiler/build.ts") },
      { find: /^tqc\/dashboard$/, replacement: here("compiler/dashboard/dashboard.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [
      "**/node_modules/**",
      "**/dist/**",
      "test/golden/**/in/**",
      "test/golden/**/out/**",
      "test/types/corpus/**",
    ],
    pool: "forks",
    maxWorkers: 2,
    // What is waited for comes or does not; how long that takes is the machine's affair.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    setupFiles: ["./test/setup/environment.ts", "./test/setup/leaks.ts"],
    reporters: ["default", "./test/setup/counts.ts"],
  },
});
