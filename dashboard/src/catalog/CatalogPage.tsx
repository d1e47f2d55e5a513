import { IconPackage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Empty } from "@/app/Empty";

export function Component() {
  const { t } = useTranslation();
  return <Empty icon={IconPackage} title={t("app:place.catalog")} />;
}
