import { Group, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "./Page.module.css";

interface Props {
  title: string;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** A row below it: search and filters. */
  tools?: ReactNode;
  children: ReactNode;
  /** The content fills the room and scrolls by itself, as endless lists do. */
  fill?: boolean;
}

/** A page's frame: its title and tools stay while its content scrolls. */
export function Page({ title, actions, tools, children, fill = false }: Props) {
  useDocumentTitle(`${title} · SatyaSell`);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.top}>
          <Title order={1} size="h4">
            {title}
          </Title>
          <Group gap="xs">{actions}</Group>
        </div>
        {tools && <div className={classes.tools}>{tools}</div>}
      </header>
      <div className={fill ? classes.filled : classes.body}>{children}</div>
    </div>
  );
}
