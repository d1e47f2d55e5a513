import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./Quote.module.css";
import type { Message } from "./stretch";
import { summaryOf } from "./summary";

interface QuoteProps {
  id: number;
  /** Undefined where it is further back than what is loaded. */
  message: Message | undefined;
  customer: string;
  onOpen?: (id: number) => void;
}

/** The message that another one answers; a click leads to it. */
export function Quote({ id, message, customer, onOpen }: QuoteProps) {
  const { t } = useTranslation();
  const words = (
    <>
      <span className={classes.who}>
        {message ? (message.direction === "outbound" ? t("thread:shop") : customer) : t("thread:quote.earlier")}
      </span>
      <span className={classes.what}>{message ? summaryOf(message, t) : t("thread:quote.open")}</span>
    </>
  );
  if (!onOpen) return <div className={classes.quote}>{words}</div>;
  return (
    <UnstyledButton className={classes.quote} onClick={() => onOpen(id)} title={t("thread:quote.go")}>
      {words}
    </UnstyledButton>
  );
}
