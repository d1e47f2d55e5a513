import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SectionHead } from "../SectionHead";
import { Logins } from "./Logins";
import { OwnPassword } from "./OwnPassword";
import { Preferences } from "./Preferences";

/** Oneself: name, language, appearance, password, and where one is logged in. */
export default function Account() {
  const { t } = useTranslation("settings");
  return (
    <Stack gap="xl" maw={620}>
      <SectionHead title={t("account.title")} hint={t("account.hint")} />
      <Preferences />
      <OwnPassword />
      <Logins />
    </Stack>
  );
}
