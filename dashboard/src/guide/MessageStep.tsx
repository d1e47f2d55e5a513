import { Anchor, Blockquote, Button, Stack, Text } from "@mantine/core";
import { IconDeviceMobileMessage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { channelsQuery } from "@/settings/channel/queries";
import type { SetupState } from "./queries";

/** The first message: from the simulator's phone, or from a phone to the number. */
export function MessageStep({ setup }: { setup: SetupState }) {
  const { t } = useTranslation("guide");
  const { data: channels = [] } = useQuery(channelsQuery);
  const { connected, phone_url } = setup.simulator;
  return (
    <Stack gap="xs">
      {connected && phone_url ? (
        <>
          <Text size="sm">{t("message.onPhone")}</Text>
          <Button
            component="a"
            href={phone_url}
            target="_blank"
            rel="noreferrer"
            w="fit-content"
            leftSection={<IconDeviceMobileMessage size={16} />}
          >
            {t("message.openPhone")}
          </Button>
        </>
      ) : (
        <Text size="sm">
          {t("message.toNumber", { number: channels[0]?.display_phone_number ?? "" })}{" "}
          <Anchor component={Link} to="/settings/channels" size="sm">
            {t("message.check")}
          </Anchor>
        </Text>
      )}
      <Text size="sm">{t("message.forInstance")}</Text>
      <Blockquote p="xs" m={0}>
        {t("message.example")}
      </Blockquote>
    </Stack>
  );
}
