import { Progress as Bar, Group, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const MINUTE = 60_000;

/** How much is done, and how long it took so far. */
export function Progress({ done, total }: { done: number; total: number }) {
  const { t } = useTranslation("review");
  const minutes = useMinutes();
  return (
    <Group gap="sm" wrap="nowrap" role="status" miw={200}>
      <Bar value={total === 0 ? 0 : (100 * done) / total} w={120} aria-hidden />
      <Text fz={13} style={{ whiteSpace: "nowrap" }}>
        {t("progress", { done, total })}
        {minutes > 0 && ` · ${t("minutes", { count: minutes })}`}
      </Text>
    </Group>
  );
}

function useMinutes(): number {
  const [began] = useState(Date.now);
  const [minutes, setMinutes] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setMinutes(Math.floor((Date.now() - began) / MINUTE)), MINUTE / 4);
    return () => window.clearInterval(timer);
  }, [began]);
  return minutes;
}
