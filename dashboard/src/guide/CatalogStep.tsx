import { Button, Group, Stack } from "@mantine/core";
import { IconSparkles, IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { answer, service } from "@/api/client";
import { tell, tellError } from "@/app/notices";
import { TemplateLink } from "@/catalog/TemplateLink";
import { templateFile } from "@/catalog/template";
import { useBusiness } from "@/session/session";

/** Something to sell: one's own file, or four things to try with. */
export function CatalogStep() {
  const { t } = useTranslation("guide");
  const sample = useSample();
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button component={Link} to="/catalog/import" leftSection={<IconUpload size={16} />}>
          {t("catalog.import")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconSparkles size={16} />}
          loading={sample.isPending}
          onClick={() => sample.mutate()}
        >
          {t("catalog.sample")}
        </Button>
      </Group>
      <TemplateLink />
    </Stack>
  );
}

/** Import the template itself. */
function useSample() {
  const { t } = useTranslation("guide");
  const queries = useQueryClient();
  const { currency } = useBusiness();
  return useMutation({
    mutationFn: () => {
      const form = new FormData();
      form.append("file", templateFile(currency));
      return answer(
        service.POST("/catalog/imports", {
          params: { query: { set_stock: true } },
          body: { file: "" },
          bodySerializer: () => form,
        }),
      );
    },
    onSuccess: (result) => {
      tell(t("catalog.sampled", { count: result.created }));
      return queries.invalidateQueries();
    },
    onError: tellError,
  });
}
