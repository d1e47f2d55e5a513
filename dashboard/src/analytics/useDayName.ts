import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useBusiness } from "@/session/session";

/** Days ("2026-11-23") as axes and tables name them: "23 Nov". They are days already, in no zone. */
export function useDayName(): (day: string) => string {
  const { i18n } = useTranslation();
  const { country_code } = useBusiness();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(`${i18n.language}-${country_code}`, {
      timeZone: "UTC",
      day: "numeric",
      month: "short",
    });
    return (day) => format.format(new Date(day));
  }, [i18n.language, country_code]);
}
