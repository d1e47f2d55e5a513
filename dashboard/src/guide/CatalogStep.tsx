import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconSparkles, IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { answer, service } from "@/api/client";
import { tell, tellError } from "@/app/notices";
import template from "@/catalog/template.csv?url";

/** Something to sell: one's own file, or four things to try with. */
export function CatalogStep() {
  const { t } = useTranslation(["guide", "catalog"]);
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
      <Text size="sm">
        <Anchor href={template} download="catalog-template.csv" size="sm">
          {t("catalog:importing.template")}
        </Anchor>
      </Text>
    </Stack>
  );
}

/** Import the template itself. */
function useSample() {
  const { t } = useTranslation("guide");
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const form = new FormData();
      form.append("file", await (await fetch(template)).blob(), "sample.csv");
      return answer(
        service.POST("/catalog/imports", {
          params: { query: { set_stock: true } },
          body: { file: "sample.csv" },
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
