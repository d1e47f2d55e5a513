import { useTranslation } from "react-i18next";
import { duration } from "./duration";

/** Seconds in the page's language; a dash where nobody waited. */
export function useDuration(): (seconds: number | null) => string {
  const { i18n } = useTranslation();
  return (seconds) => (seconds === null ? "–" : duration(seconds, i18n.language));
}
