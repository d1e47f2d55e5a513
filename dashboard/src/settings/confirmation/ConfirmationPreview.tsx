import { Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import classes from "../settings.module.css";
import { Bubble } from "../template/Bubble";
import { approvedQuery, type Setting, type Template } from "./queries";

/** What the customer will see, by the last confirmed order, or by one that is made up. */
export function ConfirmationPreview({ setting }: { setting: Setting }) {
  const { t } = useTranslation("settings");
  const sample = useQuery({
    queryKey: ["order", "list", "summary-sample"],
    queryFn: () => answer(service.GET("/businesses/current/order-summary/preview")),
    enabled: setting.mode !== "off",
  });
  const { data: approved = [] } = useQuery(approvedQuery);
  const template = approved.find(
    ({ name, language }) => name === setting.template?.name && language === setting.template.language,
  );
  if (setting.mode === "off") return null;
  return (
    <Stack gap="xs" component="section" aria-label={t("confirmations.preview")}>
      <Title order={3} size="h5">
        {t("confirmations.preview")}
      </Title>
      {sample.data && (
        <div className={classes.bubble}>
          {sample.data.text}
          {setting.mode === "order_details" && <div className={classes.bubbleButton}>{t("confirmations.pay")}</div>}
        </div>
      )}
      {template && sample.data && (
        <>
          <Text size="sm" c="dimmed" mt="sm">
            {t("confirmations.later")}
          </Text>
          <FilledTemplate template={template} values={sample.data.values} />
        </>
      )}
    </Stack>
  );
}

const PLACES = ["customer_name", "order_number", "total", "items"] as const;

function FilledTemplate({ template, values }: { template: Template; values: Record<string, string> }) {
  const given = Object.fromEntries(
    template.variables.map(({ key, name }) => [key, values[PLACES[Number(name) - 1] ?? name] ?? "-"]),
  );
  const preview = useQuery({
    queryKey: ["template", template.id, "preview", given],
    queryFn: () =>
      answer(
        service.POST("/templates/{template_id}/preview", {
          params: { path: { template_id: template.id } },
          body: { values: given },
        }),
      ),
  });
  return preview.data ? <Bubble shown={preview.data.shown} /> : null;
}
