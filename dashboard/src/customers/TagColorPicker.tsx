import { ColorSwatch, Popover, SimpleGrid, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TagColor } from "./queries";

const COLORS: readonly TagColor[] = [
  "gray",
  "red",
  "pink",
  "grape",
  "violet",
  "indigo",
  "blue",
  "cyan",
  "teal",
  "green",
  "lime",
  "yellow",
  "orange",
];

interface Props {
  value: TagColor;
  label: string;
  onChange: (color: TagColor) => void;
}

export function TagColorPicker({ value, label, onChange }: Props) {
  const { t } = useTranslation("customers");
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus withArrow>
      <Popover.Target>
        <UnstyledButton aria-label={label} p={8} onClick={() => setOpened(!opened)}>
          <Swatch color={value} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <SimpleGrid cols={5} spacing={4}>
          {COLORS.map((color) => (
            <UnstyledButton
              key={color}
              p={8}
              aria-label={t(`color.${color}`)}
              aria-pressed={color === value}
              onClick={() => {
                onChange(color);
                setOpened(false);
              }}
            >
              <Swatch color={color} />
            </UnstyledButton>
          ))}
        </SimpleGrid>
      </Popover.Dropdown>
    </Popover>
  );
}

function Swatch({ color }: { color: TagColor }) {
  return <ColorSwatch component="span" display="block" size={24} color={`var(--mantine-color-${color}-6)`} />;
}
