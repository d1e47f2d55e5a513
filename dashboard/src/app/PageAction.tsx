import { ActionIcon, Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { Icon } from "@tabler/icons-react";
import { Link } from "react-router";
import { PHONE } from "./Navigation";

interface Props {
  icon: Icon;
  label: string;
  /** What it does: runs something, leads to a page, or downloads a file. */
  onClick?: () => void;
  to?: string;
  download?: string;
}

/** A lesser thing to do on a page; on a phone its icon alone. */
export function PageAction({ icon: ActionIconOf, label, onClick, to, download }: Props) {
  const onPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  function root(props: object) {
    if (to) return <Link to={to} {...props} />;
    return download ? <a href={download} download {...props} /> : <button type="button" onClick={onClick} {...props} />;
  }

  return onPhone ? (
    <ActionIcon variant="default" size={40} aria-label={label} renderRoot={root}>
      <ActionIconOf size={18} />
    </ActionIcon>
  ) : (
    <Button variant="default" size="sm" leftSection={<ActionIconOf size={16} />} renderRoot={root}>
      {label}
    </Button>
  );
}
