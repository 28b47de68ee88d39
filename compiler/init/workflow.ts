/** The workflow that keeps the generated files fresh and deploys safe. */
import { COMMANDS, type PackageManager } from "./package-manager.js";

/** What the workflow depends on. */
export interface WorkflowFacts {
  readonly packageManager: PackageManager;
  /** Where the manifest is, from the repository's root. */
  readonly manifest: string;
  /** Where the project is, from the repository's root; "" for the root itself. */
  readonly project: string;
}

/** The text of `.github/workflows/tasks.yml`. */
export function workflow({ packageManager, manifest, project }: WorkflowFacts): string {
  const { cleanInstall, exec } = COMMANDS[packageManager];
  return [
    "name: tasks",
    "on: [push, pull_request]",
    "permissions:",
    "  contents: read",
    "jobs:",
    "  contract:",
    "    runs-on: ubuntu-latest",
    ...(project === "" ? [] : ["    defaults:", "      run:", `        working-directory: ${project}`]),
    "    steps:",
    "      - uses: actions/checkout@v4",
    "        with:",
    "          fetch-depth: 0",
    "      - uses: actions/setup-node@v4",
    "        with:",
    "          node-version: 20",
    ...setup(packageManager),
    `      - run: ${cleanInstall}`,
    "      - name: The generated files are what the tasks say",
    `        run: ${exec} tqc build --check --format github`,
    "      - name: What is in flight still fits",
    "        if: github.event_name == 'pull_request'",
    "        run: |",
    `          if git cat-file -e "origin/\${{ github.base_ref }}:${manifest}"; then`,
    `            ${exec} tqc check --format github --against "git:origin/\${{ github.base_ref }}"`,
    "          fi",
    "",
  ].join("\n");
}

function setup(packageManager: PackageManager): string[] {
  switch (packageManager) {
    case "npm":
      return [];
    case "pnpm":
    case "yarn":
      return ["      - run: corepack enable"];
    case "bun":
      return ["      - uses: oven-sh/setup-bun@v2"];
  }
}
