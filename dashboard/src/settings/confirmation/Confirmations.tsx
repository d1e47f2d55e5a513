import { Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "@/app/Failure";
import { SectionHead } from "../SectionHead";
import { ConfirmationForm } from "./ConfirmationForm";
import { settingQuery } from "./queries";

/** What customers get when their orders are confirmed. */
export default function Confirmations() {
  const { t } = useTranslation("settings");
  const setting = useQuery(settingQuery);
  return (
    <Stack gap="md" maw={900}>
      <SectionHead title={t("confirmations.title")} hint={t("confirmations.hint")} />
      {setting.isPending && <Skeleton height={200} />}
      {setting.error && <Failure error={setting.error} retry={() => void setting.refetch()} />}
      {setting.data && <ConfirmationForm setting={setting.data} />}
    </Stack>
  );
}
