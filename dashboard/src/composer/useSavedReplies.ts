import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { useFormat } from "@/i18n/format";
import type { Conversation } from "@/inbox/queries";
import { useUser } from "@/session/session";
import { filled, slashWord, withReply } from "./placeholders";
import { countUse, type SavedReply, savedReplies } from "./queries";

const MOST_SHOWN = 8;

interface Asked {
  conversation: Conversation;
  text: string;
  write: (text: string) => void;
  box: RefObject<HTMLTextAreaElement | null>;
  enabled: boolean;
}

export interface Picker {
  isOpen: boolean;
  found: readonly SavedReply[];
  /** Whether there is any saved reply at all. */
  hasSome: boolean;
  at: number;
  pick: (reply: SavedReply) => void;
  onCaret: (caret: number) => void;
  /** Whether the key was the picker's. */
  onKeyDown: (event: KeyboardEvent) => boolean;
  aria: Record<string, string | boolean | undefined>;
}

/** Saved replies behind a slash: found as a person types, picked by keys, their places filled in. */
export function useSavedReplies({ conversation, text, write, box, enabled }: Asked): Picker {
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const word = enabled ? slashWord(text, Math.min(caret, text.length)) : null;
  const { data: all = [] } = useQuery({ ...savedReplies, enabled: word !== null });
  const known = useKnown(conversation);
  const found = word === null ? [] : fitting(all, word);
  const isOpen = word !== null && dismissed !== text;
  const index = Math.min(at, Math.max(0, found.length - 1));

  function pick(reply: SavedReply) {
    const words = filled(reply.text, known);
    const caretThen = caret - (word?.length ?? 0) - 1 + words.length;
    write(withReply(text, caret, word ?? "", words));
    setCaret(caretThen);
    countUse(reply.id);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(caretThen, caretThen);
    });
  }

  function onKeyDown(event: KeyboardEvent): boolean {
    if (!isOpen) return false;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = found[index];
    if (by && found.length > 0) setAt((index + by + found.length) % found.length);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) pick(chosen);
    else if (event.key === "Escape") setDismissed(text);
    else return false;
    event.preventDefault();
    return true;
  }

  return {
    isOpen,
    found,
    hasSome: all.length > 0,
    at: index,
    pick,
    onCaret: (now) => {
      setCaret(now);
      setAt(0);
    },
    onKeyDown,
    aria: isOpen
      ? {
          "aria-autocomplete": "list",
          "aria-controls": "saved-replies",
          "aria-activedescendant": found[index] && `saved-reply-${found[index].id}`,
        }
      : {},
  };
}

function fitting(all: readonly SavedReply[], word: string): SavedReply[] {
  const wanted = word.toLowerCase();
  const begins = all.filter((it) => it.shortcut.startsWith(wanted));
  const holds = all.filter((it) => !begins.includes(it) && `${it.title} ${it.text}`.toLowerCase().includes(wanted));
  return [...begins, ...holds].slice(0, MOST_SHOWN);
}

function useKnown({ customer, draft }: Conversation) {
  const format = useFormat();
  const agent = useUser().name;
  return {
    name: customer.name || customer.profile_name,
    order_number: draft ? String(draft.number) : null,
    total: draft ? format.money(draft.total_amount, draft.currency) : null,
    agent,
  };
}
