import { ActionIcon, Avatar, Badge, Group, Menu, NativeSelect, Table, Text } from "@mantine/core";
import { IconDots, IconKey, IconUserCheck, IconUserOff } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, type Schema, service } from "@/api/client";
import { tellError } from "@/app/notices";
import { SCROLLABLE } from "@/app/scrolling";
import { useFormat } from "@/i18n/format";
import { useUser } from "@/session/session";
import { type InvitationLink, type Person, ROLES, type Role } from "./queries";

interface Props {
  people: Person[];
  onLink: (link: InvitationLink) => void;
}

export function PeopleTable({ people, onLink }: Props) {
  const { t } = useTranslation("team");
  return (
    <Table.ScrollContainer {...SCROLLABLE} minWidth={360}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("person")}</Table.Th>
            <Table.Th>{t("role")}</Table.Th>
            <Table.Th visibleFrom="sm">{t("since")}</Table.Th>
            <Table.Th>{t("state")}</Table.Th>
            <Table.Th aria-label={t("actions")} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <PersonRow key={person.id} person={person} onLink={onLink} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function PersonRow({ person, onLink }: { person: Person; onLink: Props["onLink"] }) {
  const { t } = useTranslation("team");
  const format = useFormat();
  const me = useUser();
  const change = useChangePerson(person.id);
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <Avatar name={person.name} color="initials" size={32} alt="" />
          <div>
            <Text size="sm" fw={500}>
              {person.name} {person.id === me.id && <span>({t("you")})</span>}
            </Text>
            <Text size="xs" c="dimmed">
              {person.email}
            </Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td>
        <NativeSelect
          aria-label={t("roleOf", { name: person.name })}
          w={110}
          disabled={change.isPending}
          value={person.role}
          onChange={(event) => change.mutate({ role: event.currentTarget.value as Role })}
          data={ROLES.map((value) => ({ value, label: t(`is.${value}`) }))}
        />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="sm">{format.date(person.created_at)}</Text>
      </Table.Td>
      <Table.Td>
        <Badge color={person.disabled_at ? "gray" : "satya"} variant="light" tt="none" fz={12}>
          {t(person.disabled_at ? "disabled" : "active")}
        </Badge>
      </Table.Td>
      <Table.Td ta="right">
        <PersonMenu person={person} change={change.mutate} onLink={onLink} />
      </Table.Td>
    </Table.Tr>
  );
}

interface MenuProps {
  person: Person;
  change: (change: Schema<"UserChange">) => void;
  onLink: Props["onLink"];
}

function PersonMenu({ person, change, onLink }: MenuProps) {
  const { t } = useTranslation("team");
  const queries = useQueryClient();
  const me = useUser();
  const link = useMutation({
    mutationFn: () =>
      answer(service.POST("/users/{user_id}/password-link", { params: { path: { user_id: person.id } } })),
    onSuccess: (made) => {
      onLink(made);
      return queries.invalidateQueries({ queryKey: ["user", "list"] });
    },
    onError: tellError,
  });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("actionsOf", { name: person.name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconKey size={16} />} disabled={!!person.disabled_at} onClick={() => link.mutate()}>
          {t("passwordLink")}
        </Menu.Item>
        <Menu.Item
          leftSection={person.disabled_at ? <IconUserCheck size={16} /> : <IconUserOff size={16} />}
          color={person.disabled_at ? undefined : "red"}
          disabled={person.id === me.id}
          onClick={() => change({ disabled: !person.disabled_at })}
        >
          {t(person.disabled_at ? "enable" : "disable")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useChangePerson(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"UserChange">) =>
      answer(service.PATCH("/users/{user_id}", { params: { path: { user_id: id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["user"] }),
    onError: tellError,
  });
}
