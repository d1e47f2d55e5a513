import { Badge, Button, Skeleton, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { Failure } from "@/app/Failure";
import { tellError } from "@/app/notices";
import { SCROLLABLE } from "@/app/scrolling";
import { useFormat } from "@/i18n/format";
import { type Invitation, invitationsQuery } from "./queries";

const COLORS = { open: "satya", used: "gray", withdrawn: "gray", expired: "orange" } as const;

/** Links that were made: those still good first of all. */
export function InvitationList() {
  const { t } = useTranslation("team");
  const links = useQuery(invitationsQuery);
  if (links.isPending) return <Skeleton height={80} />;
  if (links.error) return <Failure error={links.error} retry={() => void links.refetch()} />;
  if (!links.data.length) {
    return (
      <Text size="sm" c="dimmed">
        {t("noLinks")}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer {...SCROLLABLE} minWidth={360}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("person")}</Table.Th>
            <Table.Th>{t("for")}</Table.Th>
            <Table.Th visibleFrom="sm">{t("until")}</Table.Th>
            <Table.Th>{t("state")}</Table.Th>
            <Table.Th aria-label={t("actions")} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {links.data.map((link) => (
            <LinkRow key={link.id} link={link} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function LinkRow({ link }: { link: Invitation }) {
  const { t } = useTranslation("team");
  const format = useFormat();
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () =>
      answer(service.DELETE("/invitations/{invitation_id}", { params: { path: { invitation_id: link.id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["user", "list"] }),
    onError: tellError,
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm">{link.name}</Text>
        <Text size="xs" c="dimmed">
          {link.email}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{t(`kind.${link.kind}`, { role: t(`is.${link.role}`) })}</Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{format.dateTime(link.expires_at)}</Text>
      </Table.Td>
      <Table.Td>
        <Badge color={COLORS[link.state]} variant="light" tt="none" fz={12}>
          {t(`linkState.${link.state}`)}
        </Badge>
      </Table.Td>
      <Table.Td ta="right">
        {link.state === "open" && (
          <Button size="xs" variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t("withdraw")}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
