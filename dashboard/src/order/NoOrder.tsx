import { Button, Stack, Text } from "@mantine/core";
import { IconPlus, IconReceipt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Empty } from "@/app/Empty";
import { useMayWrite } from "@/session/session";
import { useMakeOrder } from "./useMakeOrder";

/** A chat in which nothing is ordered yet. */
export function NoOrder({ conversationId }: { conversationId: number }) {
  const { t } = useTranslation("order");
  const mayWrite = useMayWrite();
  const make = useMakeOrder();
  return (
    <Empty icon={IconReceipt} title={t("empty.title")}>
      <Stack gap="sm" align="center">
        <Text c="dimmed" size="sm" maw={300}>
          {t("empty.text")}
        </Text>
        {mayWrite && (
          <Button
            variant="light"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            loading={make.isPending}
            onClick={() => make.mutate({ conversation_id: conversationId })}
          >
            {t("empty.make")}
          </Button>
        )}
      </Stack>
    </Empty>
  );
}
