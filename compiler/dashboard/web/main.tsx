/** Starts the dashboard. */
import "uplot/dist/uPlot.min.css";
import "./style/tokens.css";
import "./style/page.css";
import "./style/pieces.css";
import "./style/graph.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.js";
import { askHello } from "./ask.js";
import { listenToKeys } from "./keyboard.js";
import { hello, listen } from "./live.js";
import { route } from "./route.js";

listenToKeys();
render(<App />, document.querySelector("#app")!);

/** A session that has ended is noticed at the first word: the page then asks for the token. */
askHello().then(
  (told) => {
    hello.value = told;
  },
  () => {},
);

let followed: string | undefined | null = null;
effect(() => {
  const place = route.value;
  const id = place.view === "run" ? place.id : undefined;
  if (id === followed) return;
  followed = id;
  listen(id);
});
