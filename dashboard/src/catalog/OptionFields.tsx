import { ActionIcon, Button, Fieldset, Group, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  value: Record<string, unknown>;
  onChange: (options: Record<string, string>) => void;
}

interface Line {
  id: number;
  name: string;
  value: string;
}

/** What tells a variant from its siblings, as lines of a name and a value. */
export function OptionFields({ value, onChange }: Props) {
  const { t } = useTranslation("catalog");
  const next = useRef(0);
  const [lines, setLines] = useState<Line[]>(() =>
    Object.entries(value).map(([name, said]) => ({ id: next.current++, name, value: String(said) })),
  );

  function change(changed: Line[]) {
    setLines(changed);
    const whole = changed.filter((line) => line.name.trim() && line.value.trim());
    onChange(Object.fromEntries(whole.map((line) => [line.name.trim(), line.value.trim()])));
  }

  function set(id: number, part: Partial<Line>) {
    change(lines.map((line) => (line.id === id ? { ...line, ...part } : line)));
  }

  return (
    <Fieldset legend={t("field.options")} p="xs">
      {lines.map((line) => (
        <Group key={line.id} gap="xs" mb={6} wrap="nowrap">
          <TextInput
            flex={1}
            required
            aria-label={t("optionName")}
            placeholder={t("optionNameHint")}
            value={line.name}
            error={lines.some((it) => it.id !== line.id && it.name === line.name && it.name) && t("optionTwice")}
            onChange={(event) => set(line.id, { name: event.currentTarget.value })}
          />
          <TextInput
            flex={1}
            required
            aria-label={t("optionValue", { name: line.name })}
            placeholder={t("optionValueHint")}
            value={line.value}
            onChange={(event) => set(line.id, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("removeOption", { name: line.name })}
            onClick={() => change(lines.filter((it) => it.id !== line.id))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        disabled={lines.length >= 20}
        onClick={() => setLines([...lines, { id: next.current++, name: "", value: "" }])}
      >
        {t("addOption")}
      </Button>
    </Fieldset>
  );
}
