import { SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import type { Channel } from "./queries";

/** What Meta says of a number, and when it was last asked. */
export function ChannelFacts({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const when = (moment: string | null) => (moment ? format.dateTime(moment) : t("channels.never"));
  const { health } = channel;
  const facts: [string, string][] = [
    ["quality", t(`channels.rating.${channel.quality_rating ?? "UNKNOWN"}`, channel.quality_rating ?? "–")],
    ["limit", t(`channels.tier.${channel.messaging_limit}`, channel.messaging_limit ?? "–")],
    ["throughput", t(`channels.speed.${channel.throughput}`, channel.throughput ?? "–")],
    ["tokenEnds", tokenEnd(channel, when, t)],
    ["checked", when(health.checked_at)],
    ["webhooks", when(health.webhooks_subscribed_at)],
    ["synced", when(health.templates_synced_at)],
    ["phoneNumberId", channel.phone_number_id],
    ["waba", channel.waba_id ?? "–"],
  ];
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: 3 }} spacing="xs" verticalSpacing={6} m={0}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="xs" c="dimmed">
            {t(`channels.fact.${name}`)}
          </Text>
          <Text component="dd" m={0} size="sm">
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}

function tokenEnd(channel: Channel, when: (moment: string) => string, t: (key: string) => string): string {
  if (!channel.has_access_token) return t("channels.noToken");
  const ends = channel.health.token_expires_at;
  return ends ? when(ends) : t("channels.noEnd");
}
