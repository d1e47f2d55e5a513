import { Alert, Button, Skeleton, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBrandWhatsapp, IconPlus, IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "@/app/Empty";
import { Failure } from "@/app/Failure";
import { setupQuery } from "@/guide/queries";
import { useUser } from "@/session/session";
import { SectionHead } from "../SectionHead";
import { ChannelCard } from "./ChannelCard";
import { ConnectNumber } from "./ConnectNumber";
import { channelsQuery } from "./queries";

/** The business's WhatsApp numbers, and whether each works. */
export default function Channels() {
  const { t } = useTranslation("settings");
  const isAdmin = useUser().role === "admin";
  const channels = useQuery(channelsQuery);
  const [connecting, connect] = useDisclosure(false);
  return (
    <Stack gap="md" maw={860}>
      <SectionHead title={t("channels.title")} hint={t("channels.hint")}>
        {isAdmin && (
          <Button leftSection={<IconPlus size={16} />} onClick={connect.open}>
            {t("channels.connect")}
          </Button>
        )}
      </SectionHead>
      <NoWebhooks />
      {channels.isPending && <Skeleton height={140} />}
      {channels.error && <Failure error={channels.error} retry={() => void channels.refetch()} />}
      {channels.data?.map((channel) => (
        <ChannelCard key={channel.id} channel={channel} />
      ))}
      {channels.data?.length === 0 && (
        <Empty icon={IconBrandWhatsapp} title={t("channels.none")}>
          <Text c="dimmed" maw={420}>
            {t("channels.noneHint")}
          </Text>
          <Button component={Link} to="/guide" variant="default">
            {t("channels.toGuide")}
          </Button>
        </Empty>
      )}
      {connecting && <ConnectNumber onClose={connect.close} />}
    </Stack>
  );
}

/** Without the app's secret and the verify token, nothing that Meta sends is taken. */
function NoWebhooks() {
  const { t } = useTranslation("settings");
  const setup = useQuery(setupQuery);
  if (!setup.data || setup.data.receives_webhooks || !setup.data.has_channel) return null;
  return (
    <Alert color="orange" icon={<IconWebhook />} title={t("channels.noWebhooks.title")}>
      {t("channels.noWebhooks.hint")}
    </Alert>
  );
}
