/** What all charts have in common. Their numbers are in a table, too: the drawing is not read out. */
const CHART = {
  h: 240,
  withLegend: true,
  tickLine: "none",
  gridAxis: "x",
  legendProps: { verticalAlign: "bottom", height: 30 },
  tooltipAnimationDuration: 0,
  "aria-hidden": true,
} as const;

const NO_STOP = { accessibilityLayer: false }; // what is not read out is no stop of the Tab key either
export const BARS = { ...CHART, barChartProps: NO_STOP } as const;
export const LINES = { ...CHART, lineChartProps: NO_STOP } as const;
