import { Text } from "@mantine/core";
import { IconFile } from "@tabler/icons-react";
import type { Schema } from "@/api/client";
import classes from "../settings.module.css";

/** A rendered template as it looks in a chat. */
export function Bubble({ shown }: { shown: Schema<"RenderedOut"> }) {
  return (
    <div className={classes.bubble}>
      {shown.header_format && shown.header_format !== "TEXT" && (
        <Text size="sm" c="dimmed">
          <IconFile size={16} aria-hidden /> {shown.header_file || shown.header_format}
        </Text>
      )}
      {shown.header && <Text fw={700}>{shown.header}</Text>}
      <div>{shown.body}</div>
      {shown.footer && (
        <Text size="xs" mt={6}>
          {shown.footer}
        </Text>
      )}
      {shown.buttons.map((button) => (
        <div key={`${button.type} ${button.text}`} className={classes.bubbleButton}>
          {button.text}
        </div>
      ))}
      {shown.cards.map((card) => (
        <Bubble key={`${card.header} ${card.body}`} shown={card} />
      ))}
    </div>
  );
}
