import { IconSettings } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Empty } from "@/app/Empty";

export function Component() {
  const { t } = useTranslation();
  return <Empty icon={IconSettings} title={t("app:place.settings")} />;
}
