import { Alert, Button, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { explain } from "@/app/notices";
import { useUser } from "@/session/session";
import { ConnectNumber } from "@/settings/channel/ConnectNumber";
import { Command } from "./Command";
import type { SetupState } from "./queries";

/** Two ways to the first message: a number of Meta's, or the simulator. */
export function NumberStep({ setup }: { setup: SetupState }) {
  const { t } = useTranslation("guide");
  const isAdmin = useUser().role === "admin";
  const [connecting, connect] = useDisclosure(false);
  if (!isAdmin) return <Text size="sm">{t("number.askAdmin")}</Text>;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
      <Stack gap="xs">
        <Title order={3} size="h6">
          {t("number.try")}
        </Title>
        <Text size="sm">{t("number.tryHint")}</Text>
        {setup.simulator.available ? <TrySimulator /> : <StartSimulator />}
      </Stack>
      <Stack gap="xs">
        <Title order={3} size="h6">
          {t("number.real")}
        </Title>
        <Text size="sm">{t("number.realHint")}</Text>
        <Button variant="default" onClick={connect.open}>
          {t("number.connect")}
        </Button>
        {connecting && <ConnectNumber onClose={connect.close} />}
      </Stack>
    </SimpleGrid>
  );
}

function TrySimulator() {
  const { t } = useTranslation("guide");
  const queries = useQueryClient();
  const connect = useMutation({
    mutationFn: () => answer(service.POST("/businesses/current/simulator")),
    onSuccess: () =>
      queries.invalidateQueries({ predicate: ({ queryKey }) => ["setup", "channel"].includes(String(queryKey[0])) }),
  });
  return (
    <>
      {connect.error && <Alert color="red">{explain(connect.error)}</Alert>}
      <Button loading={connect.isPending} onClick={() => connect.mutate()}>
        {t("number.simulate")}
      </Button>
    </>
  );
}

function StartSimulator() {
  const { t } = useTranslation("guide");
  return (
    <>
      <Text size="sm">{t("number.start")}</Text>
      <Command>satyasell serve --simulator</Command>
    </>
  );
}
