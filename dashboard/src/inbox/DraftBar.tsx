import { UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { DraftBadge } from "./DraftBadge";
import classes from "./DraftBar.module.css";
import type { Draft } from "./queries";

/** Where there is no room for the order: that there is a draft, and the way to it. */
export function DraftBar({ draft, open }: { draft: Draft; open: () => void }) {
  const { t } = useTranslation();
  return (
    <UnstyledButton className={classes.bar} onClick={open}>
      <span className={classes.words}>{t("inbox:draft.bar", { number: draft.number, count: draft.line_count })}</span>
      <DraftBadge draft={draft} />
      <IconChevronRight size={18} aria-hidden />
    </UnstyledButton>
  );
}
