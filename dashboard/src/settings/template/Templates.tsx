import { Badge, Button, Group, Select, Stack, Table, Text, UnstyledButton } from "@mantine/core";
import { IconRefresh, IconTemplate } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, type Schema, service } from "@/api/client";
import { useEndless } from "@/api/endless";
import { Empty } from "@/app/Empty";
import { Failure } from "@/app/Failure";
import { tell, tellError } from "@/app/notices";
import { SCROLLABLE } from "@/app/scrolling";
import { SectionHead } from "../SectionHead";
import { TemplatePreview } from "./TemplatePreview";

export type Template = Schema<"TemplateOut">;

const STATUSES = ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"];
const COLORS: Record<string, string> = { APPROVED: "satya", PENDING: "blue", REJECTED: "red", PAUSED: "orange" };

/** Messages that Meta approved before, as it last told of them. */
export default function Templates() {
  const { t } = useTranslation("settings");
  const [status, setStatus] = useState<string | null>(null);
  const [open, setOpen] = useState<Template | null>(null);
  const templates = useEndless(["template", "list", { status }], (cursor) =>
    answer(service.GET("/templates", { params: { query: { cursor, limit: 100, ...(status ? { status } : {}) } } })),
  );
  return (
    <Stack gap="sm" maw={960}>
      <SectionHead title={t("templates.title")} hint={t("templates.hint")}>
        <SyncButton />
      </SectionHead>
      <Select
        aria-label={t("templates.status")}
        placeholder={t("templates.anyStatus")}
        clearable
        w={200}
        data={STATUSES.map((value) => ({ value, label: t(`templates.is.${value}`) }))}
        value={status}
        onChange={setStatus}
      />
      {templates.error && <Failure error={templates.error} retry={() => void templates.refetch()} />}
      {templates.data?.length === 0 && (
        <Empty icon={IconTemplate} title={t("templates.none")}>
          {t("templates.noneHint")}
        </Empty>
      )}
      {!!templates.data?.length && <TemplateTable templates={templates.data} onOpen={setOpen} />}
      {templates.hasNextPage && (
        <Button variant="default" loading={templates.isFetchingNextPage} onClick={() => void templates.fetchNextPage()}>
          {t("templates.more")}
        </Button>
      )}
      {open && <TemplatePreview template={open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

function TemplateTable({ templates, onOpen }: { templates: Template[]; onOpen: (template: Template) => void }) {
  const { t } = useTranslation("settings");
  return (
    <Table.ScrollContainer {...SCROLLABLE} minWidth={520}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("templates.name")}</Table.Th>
            <Table.Th>{t("templates.language")}</Table.Th>
            <Table.Th>{t("templates.category")}</Table.Th>
            <Table.Th>{t("templates.status")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {templates.map((template) => (
            <Table.Tr key={template.id}>
              <Table.Td>
                <UnstyledButton onClick={() => onOpen(template)} fz="sm" fw={500} td="underline" py={4}>
                  {template.name}
                </UnstyledButton>
              </Table.Td>
              <Table.Td>{template.language}</Table.Td>
              <Table.Td>{t(`templates.in.${template.category}`, template.category)}</Table.Td>
              <Table.Td>
                <Group gap="xs">
                  <Badge color={COLORS[template.status] ?? "gray"} variant="light" tt="none" fz={12}>
                    {t(`templates.is.${template.status}`, template.status)}
                  </Badge>
                  {template.reason && (
                    <Text size="xs" c="dimmed">
                      {template.reason}
                    </Text>
                  )}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function SyncButton() {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const sync = useMutation({
    mutationFn: () => answer(service.POST("/templates/sync")),
    onSuccess: (accounts) => {
      const failed = accounts.find((account) => account.error);
      if (failed?.error) tellError(new Error(failed.error));
      else tell(t("templates.synced", { count: accounts.reduce((sum, account) => sum + account.templates, 0) }));
      return queries.invalidateQueries({ queryKey: ["template"] });
    },
    onError: tellError,
  });
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={sync.isPending}
      onClick={() => sync.mutate()}
    >
      {t("templates.sync")}
    </Button>
  );
}
