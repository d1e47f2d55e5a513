import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** What a section is for, and what can be done in it. */
export function SectionHead({ title, hint, children }: { title: string; hint: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-start" mb="md">
      <div>
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed" maw={620}>
          {hint}
        </Text>
      </div>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
