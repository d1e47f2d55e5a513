import { Alert, Button, Text } from "@mantine/core";
import { IconMessageExclamation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { lineEdit, removal } from "./edit";
import { useOrderEditing } from "./editing";
import type { Line } from "./order";

interface Props {
  line: Line;
  /** Where the chat names no SKU, the person chooses one herself. */
  onChoose: (words: string) => void;
}

/** The chat has news about a line that a person decided on: taken over with one click. */
export function ChatSays({ line, onChoose }: Props) {
  const { t } = useTranslation("order");
  const { edit } = useOrderEditing();
  const said = line.chat_says;
  if (!said) return null;
  const isGone = said.sku === null && said.item_group_id === null && said.text === null && said.quantity === null;
  const what = said.sku ?? said.text ?? said.item_group_id ?? "";

  function takeOver() {
    if (isGone) edit(removal(line));
    else if (said?.sku)
      edit(lineEdit(line, { sku: said.sku, quantity: said.quantity ?? undefined }, { sku: said.sku }));
    else onChoose(said?.text ?? "");
  }

  return (
    <Alert color="blue" p={8} mt={6} icon={<IconMessageExclamation size={16} />}>
      <Text fz={12.5}>
        {isGone ? t("chatSays.gone") : t("chatSays.other", { what, quantity: said.quantity ?? line.quantity })}
      </Text>
      <Button size="compact-xs" variant="light" mt={6} onClick={takeOver}>
        {isGone ? t("line.remove") : said.sku ? t("chatSays.takeOver") : t("line.choose")}
      </Button>
    </Alert>
  );
}
