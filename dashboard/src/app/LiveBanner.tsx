import { Alert } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "@/live/LiveProvider";
import { tell } from "./notices";

/** Says when the page does not hear of changes, and when it has caught up. */
export function LiveBanner() {
  const { t } = useTranslation();
  const { status, caughtUp } = useLive();
  useEffect(() => {
    if (caughtUp > 0) tell(t("live.caughtUp"));
  }, [caughtUp, t]);
  if (status !== "lost") return null;
  return (
    <Alert color="orange" radius={0} py={6} icon={<IconPlugConnectedX size={18} />} role="status">
      {t("live.lost")}
    </Alert>
  );
}
