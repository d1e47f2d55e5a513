import { useDisclosure } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconBolt, IconSearch } from "@tabler/icons-react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { HelpSheet, Keys } from "./HelpSheet";
import { usePlaces } from "./Navigation";
import { type Shortcut, useKnownShortcuts, useShortcuts } from "./shortcuts";

const [paletteStore, palette] = createSpotlight();
let showHelp: () => void = () => undefined;

export function openHelp(): void {
  showHelp();
}

/** The command palette, the help sheet, and the keys that work everywhere. */
export function Commands() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const places = usePlaces();
  const [helping, help] = useDisclosure(false);
  const { open } = help;
  useEffect(() => {
    showHelp = open;
  }, [open]);
  useGoTo((path) => void navigate(path));
  useShortcuts(
    useMemo<Shortcut[]>(
      () => [
        { keys: "mod+K", label: "app:shortcut.palette", run: palette.open, whileTyping: true },
        { keys: "shift+?", label: "app:shortcut.help", run: open },
        { keys: "G", label: "app:shortcut.go", run: () => undefined },
      ],
      [open],
    ),
  );
  const known = useKnownShortcuts();
  const goTo = places.map((place) => ({
    id: place.path,
    label: t(place.label),
    leftSection: <place.icon size={20} />,
    rightSection: <Keys of={`g+${place.key}`} />,
    onClick: () => void navigate(place.path),
  }));
  const here = known
    .filter((it) => it.label !== "app:shortcut.palette" && it.label !== "app:shortcut.go")
    .map((it) => ({
      id: `${it.keys} ${it.label}`,
      label: t(it.label),
      leftSection: <IconBolt size={20} />,
      rightSection: <Keys of={it.keys} />,
      onClick: it.run,
    }));
  return (
    <>
      <Spotlight
        store={paletteStore}
        shortcut={null}
        actions={[
          { group: t("palette.here"), actions: here },
          { group: t("palette.goTo"), actions: goTo },
        ]}
        nothingFound={t("palette.nothing")}
        highlightQuery
        scrollable
        searchProps={{ leftSection: <IconSearch size={20} />, placeholder: t("palette.search") }}
      />
      <HelpSheet opened={helping} onClose={help.close} />
    </>
  );
}

const SECOND_KEY_WITHIN = 1200; // milliseconds

/** "g", then a place's letter. */
function useGoTo(go: (path: string) => void): void {
  const places = usePlaces();
  const since = useRef(0);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const place = Date.now() - since.current < SECOND_KEY_WITHIN && places.find((it) => it.key === event.key);
      since.current = event.key === "g" ? Date.now() : 0;
      if (!place) return;
      event.preventDefault();
      event.stopPropagation();
      go(place.path);
    }
    document.addEventListener("keydown", press, true);
    return () => document.removeEventListener("keydown", press, true);
  }, [go, places]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
