import { Badge, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, type Schema, service } from "@/api/client";
import { Failure } from "@/app/Failure";
import { tellError } from "@/app/notices";
import { useFormat } from "@/i18n/format";
import { deviceOf } from "./device";

type Login = Schema<"SessionOut">;
const KEY = ["user", "current", "logins"];

/** Where one is logged in; a device that was lost is logged out from here. */
export function Logins() {
  const { t } = useTranslation("settings");
  const logins = useQuery({ queryKey: KEY, queryFn: () => answer(service.GET("/sessions")) });
  return (
    <Stack gap="sm" component="section">
      <Title order={3} size="h5">
        {t("account.logins")}
      </Title>
      {logins.isPending && <Skeleton height={60} />}
      {logins.error && <Failure error={logins.error} retry={() => void logins.refetch()} />}
      {logins.data?.items.map((login) => (
        <LoginLine key={login.id} login={login} />
      ))}
    </Stack>
  );
}

function LoginLine({ login }: { login: Login }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => answer(service.DELETE("/sessions/{session_id}", { params: { path: { session_id: login.id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
    onError: tellError,
  });
  return (
    <Group justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm">{deviceOf(login.user_agent) || t("account.unknownDevice")}</Text>
        <Text size="xs" c="dimmed">
          {t("account.lastUsed", { when: format.dateTime(login.last_used_at) })}
        </Text>
      </div>
      {login.current ? (
        <Badge variant="light" tt="none" fz={12}>
          {t("account.thisOne")}
        </Badge>
      ) : (
        <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
          {t("account.end")}
        </Button>
      )}
    </Group>
  );
}
