import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEvidence } from "@/evidence/Evidence";
import classes from "./Order.module.css";
import type { EvidenceSpan } from "./order";

interface Props {
  evidence: readonly EvidenceSpan[];
  /** How many to show; the newest words count most. */
  most?: number;
}

/** The customer's words. A click goes to where she wrote them. */
export function Quotes({ evidence, most = 2 }: Props) {
  const { t } = useTranslation("order");
  const { bringIntoView } = useEvidence();
  return evidence
    .filter((it) => it.text)
    .slice(-most)
    .map(({ message_id, start, text }) => (
      <UnstyledButton
        key={`${message_id} ${start}`}
        className={classes.quote}
        title={t("line.showInChat")}
        onClick={() => bringIntoView(message_id)}
      >
        “{text}”
      </UnstyledButton>
    ));
}
