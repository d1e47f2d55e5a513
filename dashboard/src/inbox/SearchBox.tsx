import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

const PATIENCE = 200; // milliseconds without a key

interface SearchProps {
  words: string;
  onSearch: (words: string) => void;
  /** What the arrow down leads to. */
  onLeave: () => void;
  box: RefObject<HTMLInputElement | null>;
}

/** Looks for customers, words and order numbers while a person types. */
export function SearchBox({ words, onSearch, onLeave, box }: SearchProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(words);
  const asked = useRef(words);
  const search = useDebouncedCallback((now: string) => {
    asked.current = now;
    onSearch(now);
  }, PATIENCE);
  useEffect(() => {
    if (words !== asked.current) setTyped(words); // the address was changed from elsewhere
    asked.current = words;
  }, [words]);
  const type = (now: string) => {
    setTyped(now);
    search(now);
  };
  return (
    <TextInput
      ref={box}
      type="search"
      size="sm"
      role="searchbox"
      aria-label={t("inbox:search.label")}
      placeholder={t("inbox:search.placeholder")}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed && <CloseButton size="sm" aria-label={t("inbox:search.clear")} onClick={() => type("")} tabIndex={-1} />
      }
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && typed) type("");
        else if (event.key === "Escape") event.currentTarget.blur();
        else if (event.key === "ArrowDown") onLeave();
        else return;
        event.preventDefault();
      }}
    />
  );
}
