/** What all charts have in common. Their numbers are in a table, too: the drawing is not read out. */
export const CHART = {
  h: 240,
  withLegend: true,
  tickLine: "none",
  gridAxis: "x",
  legendProps: { verticalAlign: "bottom", height: 30 },
  tooltipAnimationDuration: 0,
  "aria-hidden": true,
} as const;
