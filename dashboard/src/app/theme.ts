import { Avatar, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import i18next from "i18next";

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

/** What can be closed says so, in the language that is spoken then. */
const closable = () => ({ closeButtonProps: { "aria-label": i18next.t("form:close") } });

export const theme = createTheme({
  primaryColor: "satya",
  primaryShade: 8,
  colors: { satya },
  autoContrast: true,
  defaultRadius: "md",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Devanagari", sans-serif',
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Badge: { defaultProps: { variant: "light", tt: "none", fz: 12 } },
    Modal: { defaultProps: closable },
    Drawer: { defaultProps: closable },
    Notification: { defaultProps: closable },
    PasswordInput: {
      defaultProps: () => ({ visibilityToggleButtonProps: { "aria-label": i18next.t("form:showPassword") } }),
    },
    Avatar: Avatar.extend({ styles: { placeholder: { color: "var(--mantine-color-text)" } } }),
  },
});

/** Mantine's own shades of what is said quietly are too pale to be read by everybody (WCAG AA asks 4.5 : 1). */
export const readable: CSSVariablesResolver = (theme) => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": theme.colors.gray[7],
    "--mantine-color-placeholder": theme.colors.gray[7],
    "--mantine-color-error": theme.colors.red[9],
    ...Object.fromEntries(
      Object.keys(theme.colors).map((color) => [`--mantine-color-${color}-light-color`, darker(color)]),
    ),
  },
  dark: {
    "--mantine-color-dimmed": theme.colors.dark[1],
    "--mantine-color-placeholder": theme.colors.dark[2],
    "--mantine-color-error": theme.colors.red[4],
  },
});

/** A color's darkest shade with some black: what stands on its palest one can be read. */
function darker(color: string): string {
  return `color-mix(in srgb, var(--mantine-color-${color}-9) 70%, black)`;
}
