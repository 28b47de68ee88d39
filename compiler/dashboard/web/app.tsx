/** The frame around every view. */
import { AsideView } from "./aside-view.js";
import { ConfirmDialog, Toast } from "./dialogs.js";
import { Help } from "./help.js";
import { helpShown } from "./keyboard.js";
import { connected, hello, parts } from "./live.js";
import { Overview } from "./overview.js";
import { linkTo, route, VIEWS } from "./route.js";
import { RunPage } from "./run/run-page.js";
import { Runs } from "./runs.js";
import { ScheduleView } from "./schedule-view.js";
import { SearchBox, SearchView } from "./search.js";
import { countText } from "./text.js";
import { theme, toggleTheme } from "./theme.js";
import { Workers } from "./workers.js";

const TITLES: Readonly<Record<(typeof VIEWS)[number], string>> = {
  overview: "Overview",
  runs: "Runs",
  workers: "Workers",
  aside: "Set aside",
  schedule: "Schedule",
  search: "Search",
};

export function App() {
  const { view } = route.value;
  document.title = `${view === "run" ? "Run" : TITLES[view]} · tqc`;
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Bar />
      <Banner />
      <main id="main" class={view === "run" ? "wide" : ""} tabIndex={-1}>
        <CurrentView />
      </main>
      <Help />
      <ConfirmDialog />
      <Toast />
    </>
  );
}

function CurrentView() {
  const place = route.value;
  switch (place.view) {
    case "overview":
      return <Overview />;
    case "runs":
      return <Runs query={place.query} />;
    case "run":
      return <RunPage key={place.id} id={place.id} index={place.index} />;
    case "workers":
      return <Workers />;
    case "aside":
      return <AsideView />;
    case "schedule":
      return <ScheduleView />;
    case "search":
      return <SearchView text={place.query.get("q") ?? ""} />;
  }
}

function Bar() {
  const { view } = route.value;
  const aside = parts.aside.value?.count ?? 0;
  const places = VIEWS.filter((name) => name !== "search");
  return (
    <header class="bar">
      <a class="brand" href={linkTo("overview")} aria-label="tqc, overview">
        <Logo /> tqc
      </a>
      <nav aria-label="Views">
        {places.map((name) => (
          <a key={name} href={linkTo(name)} aria-current={isCurrent(name, view) ? "page" : undefined}>
            {TITLES[name]}
            {name === "aside" && aside > 0 && <span class="count">{countText(aside)}</span>}
          </a>
        ))}
      </nav>
      <SearchBox />
      {hello.value?.readOnly && <span class="tag">read-only</span>}
      <Pulse />
      <button
        type="button"
        class="icon-button"
        onClick={toggleTheme}
        aria-label={theme.value === "dark" ? "Use light colours" : "Use dark colours"}
        title="Light or dark (t)"
      >
        {theme.value === "dark" ? <Moon /> : <Sun />}
      </button>
      <button
        type="button"
        class="icon-button"
        onClick={() => {
          helpShown.value = true;
        }}
        aria-label="Keys and help"
        title="Keys and help (?)"
      >
        ?
      </button>
    </header>
  );
}

function isCurrent(name: string, view: string): boolean {
  return name === view || (name === "runs" && view === "run");
}

/** Whether what shows is what is. */
function Pulse() {
  const isLive = connected.value === true && parts.health.value?.up === true;
  return (
    <span class="pulse" data-live={isLive} role="status">
      {isLive ? "live" : connected.value === undefined ? "connecting" : "waiting"}
    </span>
  );
}

function Banner() {
  const health = parts.health.value;
  if (connected.value === false)
    return (
      <div class="banner" role="alert">
        <b>The dashboard's server does not answer.</b> What shows may be old; it goes on by itself.
      </div>
    );
  if (health?.up === false)
    return (
      <div class="banner" role="alert">
        <b>The broker does not answer.</b> {health.says}. What shows may be old; it goes on by itself.
      </div>
    );
  return null;
}

function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <rect width="32" height="32" rx="9" class="logo-back" />
      <path
        d="M11 16h3m0 0c3 0 2-6 5-6m-5 6c3 0 2 6 5 6"
        fill="none"
        stroke="#fff"
        stroke-width="2"
        stroke-linecap="round"
      />
      <g fill="#fff">
        <circle cx="8.500" cy="16" r="3" />
        <circle cx="22" cy="10" r="3" />
        <circle cx="22" cy="22" r="3" />
      </g>
    </svg>
  );
}

function Sun() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="1.600"
      stroke-linecap="round"
    >
      <circle cx="10" cy="10" r="3.600" />
      <path d="M10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100" />
    </svg>
  );
}

function Moon() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="1.600"
      stroke-linejoin="round"
    >
      <path d="M16.500 12.200A7 7 0 0 1 7.800 3.500a7 7 0 1 0 8.700 8.700Z" />
    </svg>
  );
}
