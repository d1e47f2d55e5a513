import { createTheme, type MantineColorsTuple } from "@mantine/core";

const satya: MantineColorsTuple = [
  "#e7f8f1",
  "#d4ece2",
  "#a9d8c4",
  "#7bc3a4",
  "#56b289",
  "#3ea778",
  "#2f9f6d",
  "#1f8a5b",
  "#0b7a5a",
  "#006a45",
];

export const theme = createTheme({
  primaryColor: "satya",
  primaryShade: { light: 8, dark: 7 },
  colors: { satya },
  autoContrast: true,
  defaultRadius: "md",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Devanagari", sans-serif',
  cursorType: "pointer",
  respectReducedMotion: true,
});
