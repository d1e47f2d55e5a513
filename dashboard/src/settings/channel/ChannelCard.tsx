import { Badge, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconPlugConnected, IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { tellError } from "@/app/notices";
import { useUser } from "@/session/session";
import { ChannelFacts } from "./ChannelFacts";
import { NewToken } from "./NewToken";
import { type Channel, type ChannelChange, useChannelMutation } from "./queries";
import { TroubleAdvice } from "./TroubleAdvice";

const COLORS = { ok: "satya", expires_soon: "orange", unchecked: "gray", no_token: "orange", trouble: "red" } as const;

/** One number: whether it works, what Meta says of it, and what can be done. */
export function ChannelCard({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const isAdmin = useUser().role === "admin";
  const isActive = channel.status === "active";
  return (
    <Paper withBorder p="md" component="article" aria-label={channel.display_phone_number}>
      <Stack gap="sm">
        <Group justify="space-between">
          <div>
            <Title order={3} size="h5">
              {channel.display_phone_number}
            </Title>
            <Text size="sm" c="dimmed">
              {channel.verified_name}
            </Text>
          </div>
          <Badge color={isActive ? COLORS[channel.health.state] : "gray"} variant="light" tt="none" fz={12} size="lg">
            {t(isActive ? `channels.state.${channel.health.state}` : "channels.disabled")}
          </Badge>
        </Group>
        {channel.health.trouble && <TroubleAdvice trouble={channel.health.trouble} />}
        <ChannelFacts channel={channel} />
        {isAdmin && <Actions channel={channel} isActive={isActive} />}
      </Stack>
    </Paper>
  );
}

function Actions({ channel, isActive }: { channel: Channel; isActive: boolean }) {
  const { t } = useTranslation("settings");
  const [entering, token] = useDisclosure(false);
  const path = { channel_id: channel.id };
  const check = useChannelMutation(() => answer(service.POST("/channels/{channel_id}/check", { params: { path } })));
  const change = useChannelMutation((body: ChannelChange) =>
    answer(service.PATCH("/channels/{channel_id}", { params: { path }, body })),
  );
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        disabled={!channel.has_access_token}
        loading={check.isPending}
        onClick={() => check.mutate(undefined, { onError: tellError })}
      >
        {t("channels.check")}
      </Button>
      <Button size="xs" variant="default" leftSection={<IconKey size={14} />} onClick={token.open}>
        {t("channels.newToken")}
      </Button>
      <Button
        size="xs"
        variant="subtle"
        color={isActive ? "red" : undefined}
        leftSection={isActive ? <IconPlugConnectedX size={14} /> : <IconPlugConnected size={14} />}
        loading={change.isPending}
        onClick={() => change.mutate({ status: isActive ? "disabled" : "active" }, { onError: tellError })}
      >
        {t(isActive ? "channels.disable" : "channels.enable")}
      </Button>
      {entering && <NewToken channel={channel} onClose={token.close} />}
    </Group>
  );
}
