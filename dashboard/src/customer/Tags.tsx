import { ActionIcon, Badge, Combobox, Group, TextInput, useCombobox } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { tellError } from "@/app/notices";
import { tagsQuery } from "@/customers/queries";
import { type Customer, type Tag, useSetTags } from "./queries";
import { Section } from "./Section";

/** The words that the team sorts her by. */
export function Tags({ customer }: { customer: Customer }) {
  const { t } = useTranslation("customer");
  const set = useSetTags(customer.id);
  return (
    <Section title={t("tags")}>
      <Group gap={6}>
        {customer.tags.map((tag) => (
          <Badge
            key={tag.id}
            variant="light"
            color={tag.color}
            size="lg"
            tt="none"
            pr={4}
            rightSection={
              <ActionIcon
                size={18}
                variant="transparent"
                color={tag.color}
                aria-label={t("removeTag", { name: tag.name })}
                onClick={() => set.mutate(customer.tags.filter((it) => it.id !== tag.id))}
              >
                <IconX size={13} />
              </ActionIcon>
            }
          >
            {tag.name}
          </Badge>
        ))}
        <AddTag customer={customer} onAdd={(tag) => set.mutate([...customer.tags, tag])} />
      </Group>
    </Section>
  );
}

function AddTag({ customer, onAdd }: { customer: Customer; onAdd: (tag: Tag) => void }) {
  const { t } = useTranslation("customer");
  const [words, setWords] = useState("");
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { data: all = [] } = useQuery(tagsQuery);
  const make = useMakeTag();
  const has = new Set(customer.tags.map((it) => it.id));
  const wanted = words.trim().toLowerCase();
  const fitting = all.filter((it) => !has.has(it.id) && it.name.toLowerCase().includes(wanted)).slice(0, 8);
  const isNew = wanted !== "" && !all.some((it) => it.name.toLowerCase() === wanted);

  function take(value: string) {
    setWords("");
    combobox.closeDropdown();
    const known = all.find((it) => String(it.id) === value);
    if (known) onAdd(known);
    else make.mutate(words.trim(), { onSuccess: onAdd });
  }

  return (
    <Combobox store={combobox} onOptionSubmit={take} width={200} position="bottom-start" withinPortal>
      <Combobox.Target>
        <TextInput
          size="xs"
          w={130}
          variant="unstyled"
          leftSection={<IconPlus size={14} aria-hidden />}
          placeholder={t("addTag")}
          aria-label={t("addTag")}
          maxLength={50}
          value={words}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
            combobox.selectFirstOption();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={fitting.length === 0 && !isNew}>
        <Combobox.Options>
          {fitting.map((tag) => (
            <Combobox.Option key={tag.id} value={String(tag.id)}>
              <Badge variant="light" color={tag.color} tt="none">
                {tag.name}
              </Badge>
            </Combobox.Option>
          ))}
          {isNew && <Combobox.Option value="new">{t("newTag", { name: words.trim() })}</Combobox.Option>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function useMakeTag() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => answer(service.POST("/tags", { body: { name, color: "gray" } })),
    onError: tellError,
    onSettled: () => queries.invalidateQueries({ queryKey: ["tag"] }),
  });
}
