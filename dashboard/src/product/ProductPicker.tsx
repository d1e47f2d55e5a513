import { Group, Loader, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "@/app/Failure";
import { HitList } from "./HitList";
import { catalogSearch, type Hit } from "./queries";

interface Props {
  onPick: (hit: Hit) => void;
  onCancel?: () => void;
  /** What to search for at first, like the customer's words. */
  words?: string;
  autoFocus?: boolean;
}

const PATIENCE = 120; // milliseconds without a key before the service is asked

/** Finds anything in the catalogue while a person types; arrows choose, Enter picks, Escape leaves. */
export function ProductPicker({ onPick, onCancel, words: first = "", autoFocus = true }: Props) {
  const { t } = useTranslation("order");
  const [words, setWords] = useState(first);
  const [asked] = useDebouncedValue(words.trim(), PATIENCE);
  const [active, setActive] = useState(0);
  const list = useId();
  const found = useQuery(catalogSearch(asked));
  const hits = found.data?.items ?? [];
  const chosen = Math.min(active, hits.length - 1);
  const isLate = found.isFetching || asked !== words.trim();

  function press(event: KeyboardEvent) {
    const hit = hits[chosen];
    if (event.key === "ArrowDown") setActive(Math.min(chosen + 1, hits.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(chosen - 1, 0));
    else if (event.key === "Escape") onCancel?.();
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && hit && !isLate) onPick(hit);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div>
      <TextInput
        size="sm"
        m={8}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={isLate && <Loader size={14} aria-hidden />}
        placeholder={t("picker.placeholder")}
        aria-label={t("picker.label")}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={hits.length > 0 ? `${list}-${chosen}` : undefined}
        data-autofocus={autoFocus || undefined}
        autoFocus={autoFocus}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={press}
      />
      {found.data?.corrected && (
        <Text size="xs" c="dimmed" px={12} pb={4}>
          {t("picker.corrected", { words: found.data.corrected })}
        </Text>
      )}
      {found.error ? (
        <Failure error={found.error} retry={() => void found.refetch()} />
      ) : (
        <HitList id={list} hits={hits} active={chosen} onActive={setActive} onPick={onPick} />
      )}
      <Group role="status" px={12} py={6}>
        {found.isSuccess && hits.length === 0 && (
          <Text size="sm" c="dimmed">
            {asked ? t("picker.nothing", { words: asked }) : t("picker.noCatalog")}
          </Text>
        )}
      </Group>
    </div>
  );
}
