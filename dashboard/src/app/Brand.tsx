import { Group, Text } from "@mantine/core";

export function Brand({ short = false }: { short?: boolean }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <img src="/icon.svg" alt={short ? "SatyaSell" : ""} width={28} height={28} />
      {!short && <Text fw={700}>SatyaSell</Text>}
    </Group>
  );
}
