import { Anchor, Avatar, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight, IconRobot } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFormat } from "@/i18n/format";
import classes from "./audit.module.css";
import type { Entry } from "./queries";
import { factsOf, placeOf, sentenceOf } from "./sentence";

/** What somebody did, as a sentence; its details below, when they are asked for. */
export function EntryRow({ entry }: { entry: Entry }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const [open, { toggle }] = useDisclosure(false);
  const details = useId();
  const place = placeOf(entry);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <li className={classes.entry}>
      <div className={classes.line}>
        <Text span size="xs" c="dimmed" className={classes.time}>
          {format.time(entry.created_at)}
        </Text>
        {entry.user_id === null ? (
          <Avatar size={30} alt="" src={null}>
            <IconRobot size={14} />
          </Avatar>
        ) : (
          <Avatar size={30} alt="" name={entry.user_name ?? "?"} color="initials" />
        )}
        <UnstyledButton className={classes.said} onClick={toggle} aria-expanded={open} aria-controls={details}>
          {sentenceOf(entry, t)} <Chevron size={14} aria-hidden />
        </UnstyledButton>
        {place && (
          <Anchor component={Link} to={place} size="sm">
            {t("open")}
          </Anchor>
        )}
      </div>
      <dl id={details} className={classes.facts} hidden={!open}>
        {factsOf(entry).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
