import { Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** What to show where there is nothing: why, and what to do next. */
export function Empty(props: { icon: Icon; title: string; children?: ReactNode }) {
  return (
    <Stack align="center" justify="center" gap="sm" p="xl" mih={240} ta="center">
      <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
        <props.icon size={28} />
      </ThemeIcon>
      <Title order={2} size="h4">
        {props.title}
      </Title>
      {typeof props.children === "string" ? (
        <Text c="dimmed" maw={420}>
          {props.children}
        </Text>
      ) : (
        props.children
      )}
    </Stack>
  );
}
