import { IconInbox } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Empty } from "@/app/Empty";

export function Component() {
  const { t } = useTranslation();
  return <Empty icon={IconInbox} title={t("app:place.inbox")} />;
}
