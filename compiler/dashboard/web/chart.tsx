/** A chart of lines over time. */
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { Series } from "./series.js";
import { countText } from "./text.js";
import { theme } from "./theme.js";

/** What a chart is drawn from. Colours are names of CSS variables. */
export interface ChartProps {
  readonly series: Series;
  readonly colors: readonly string[];
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly height: number;
}

export function Chart({ series, colors, label, height }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const names = series.lines.map(({ name }) => name).join("\n");
  const shade = theme.value;
  // Another set of lines or other colours need another plot; new values do not.
  useEffect(() => {
    const element = place.current!;
    const made = new uPlot(optionsOf({ series, colors, height, width: element.clientWidth }), dataOf(series), element);
    plot.current = made;
    const watcher = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      made.destroy();
    };
  }, [names, shade, height]);
  useEffect(() => plot.current?.setData(dataOf(series)), [series]);
  return <div ref={place} class="chart" role="img" aria-label={label} />;
}

function dataOf({ times, lines }: Series): uPlot.AlignedData {
  return [times, ...lines.map(({ values }) => values)] as uPlot.AlignedData;
}

function optionsOf({
  series,
  colors,
  height,
  width,
}: Omit<ChartProps, "label"> & { readonly width: number }): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const axis = { stroke: color("--muted"), ticks: { show: false }, font: `11px ${color("--font")}`, gap: 6 };
  const lines = series.lines.map(({ name, values }, i): uPlot.Series => {
    // A line of one point is a point.
    const isLonely = values.filter((value) => value !== null).length === 1;
    const stroke = color(colors[i % colors.length]!);
    return {
      label: name,
      stroke,
      width: 1.75,
      fill: `${stroke}1f`,
      points: { show: isLonely },
      spanGaps: false,
      value: (_, value) => (value === null ? "" : countText(value)),
    };
  });
  return {
    width,
    height,
    cursor: { points: { size: 7 }, drag: { x: false, y: false } },
    legend: { markers: { width: 0, fill: (_, i) => color(colors[(i - 1) % colors.length]!) } },
    scales: { y: { range: (_, __, max) => [0, Math.max(4, max * 1.1)] } },
    axes: [
      { ...axis, grid: { show: false }, size: 30, space: 70, values: (_, times) => times.map(clock) },
      { ...axis, size: 44, grid: { stroke: color("--line"), width: 1 }, values: (_, values) => values.map(countText) },
    ],
    series: [{ value: (_, time) => (time === null ? "" : clock(time)) }, ...lines],
  };
}

function clock(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
