import { Badge } from "@mantine/core";

/** What tells a variant from its siblings: "blue", "M". */
export function Options({ of }: { of: Record<string, unknown> }) {
  return Object.entries(of).map(([name, value]) => (
    <Badge key={name} variant="default" size="md" tt="none" fw={500} fz={12} title={name}>
      {String(value)}
    </Badge>
  ));
}
