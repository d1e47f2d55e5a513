import { Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import {
  type KeyboardEvent,
  lazy,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { type Shortcut, useShortcuts } from "@/app/shortcuts";
import type { Conversation } from "@/inbox/queries";
import { AttachmentList } from "./AttachmentList";
import { ButtonsEditor } from "./ButtonsEditor";
import classes from "./Composer.module.css";
import { composed, hindrance, isUploading } from "./compose";
import { DropZone } from "./DropZone";
import { BLANK, changeDraft, draftOf, replyTo, useAskedFocus, useDraft } from "./drafts";
import { send } from "./outbox";
import { QuotedMessage } from "./QuotedMessage";
import { useAddNote, useTyping } from "./queries";
import { SavedReplyPicker } from "./SavedReplyPicker";
import { Suggestions } from "./Suggestions";
import { Toolbar } from "./Toolbar";
import { attach } from "./upload";
import { useSavedReplies } from "./useSavedReplies";

const TemplateModal = lazy(async () => ({ default: (await import("./TemplateModal")).TemplateModal }));

interface BoxProps {
  conversation: Conversation;
  /** Whether anything but templates may be sent now. */
  isOpen: boolean;
}

const ON_TOUCH = window.matchMedia("(hover: none) and (pointer: coarse)");

/** The box to write in, with all that can go along. */
export function ReplyBox({ conversation, isOpen }: BoxProps) {
  const { t } = useTranslation();
  const { id } = conversation;
  const [draft, change] = useDraft(id);
  const box = useRef<HTMLTextAreaElement>(null);
  const [choosesTemplate, setChoosesTemplate] = useState(false);
  const isNote = draft.mode === "note";
  const text = isNote ? draft.note : draft.text;
  const write = useCallback((words: string) => change(isNote ? { note: words } : { text: words }), [change, isNote]);
  const picker = useSavedReplies({ conversation, text, write, box, enabled: !isNote });
  const tellTyping = useTyping(id, isOpen && !isNote);
  const submit = useSubmit(id, isOpen, () => setChoosesTemplate(true));
  useBoxKeys(box, id);
  useFocusWhenAsked(box);

  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return; // Enter ends a word of an input method
    if (picker.onKeyDown(event)) return;
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey || !(event.shiftKey || ON_TOUCH.matches));
    if (sends) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && draft.replyToId !== null && !isNote) replyTo(id, null);
    else if (event.key === "Escape") event.currentTarget.blur();
  }

  const mayWrite = isNote || isOpen;
  return (
    <>
      {!isNote && isOpen && <Suggestions conversation={conversation} />}
      {!isNote && <QuotedMessage conversation={conversation} messageId={draft.replyToId} />}
      {!isNote && <AttachmentList conversationId={id} attachments={draft.attachments} />}
      <div className={classes.box}>
        <SavedReplyPicker picker={picker} />
        {mayWrite && (
          <Textarea
            ref={box}
            className={classes.text}
            variant="unstyled"
            autosize
            minRows={1}
            maxRows={9}
            aria-label={t(isNote ? "composer:note.label" : "composer:reply.label")}
            placeholder={t(isNote ? "composer:note.placeholder" : "composer:reply.placeholder")}
            value={text}
            onChange={(event) => {
              write(event.currentTarget.value);
              picker.onCaret(event.currentTarget.selectionStart);
              if (event.currentTarget.value) tellTyping();
            }}
            onSelect={(event) => picker.onCaret(event.currentTarget.selectionStart)}
            onKeyDown={press}
            onPaste={(event) => {
              const files = [...event.clipboardData.files];
              if (files.length === 0 || isNote || !isOpen) return;
              event.preventDefault();
              attach(id, files);
            }}
            {...picker.aria}
          />
        )}
        {!isNote && draft.buttons.length > 0 && <ButtonsEditor conversationId={id} buttons={draft.buttons} />}
        <Toolbar
          conversation={conversation}
          isOpen={isOpen}
          onTemplate={() => setChoosesTemplate(true)}
          onSavedReply={() => {
            write(text && !/\s$/.test(text) ? `${text} /` : `${text}/`);
            box.current?.focus();
            picker.onCaret(text.length + 2);
          }}
          onSend={() => {
            submit();
            box.current?.focus();
          }}
        />
      </div>
      {isOpen && <DropZone onFiles={(files) => attach(id, files)} />}
      <Suspense>
        {choosesTemplate && <TemplateModal conversation={conversation} onClose={() => setChoosesTemplate(false)} />}
      </Suspense>
    </>
  );
}

/** Sends what has been written; while a file of it is on its way, as soon as that is there. */
function useSubmit(id: number, isOpen: boolean, chooseTemplate: () => void): () => void {
  const queries = useQueryClient();
  const [draft] = useDraft(id);
  const note = useAddNote(id);
  const [waiting, setWaiting] = useState<string | null>(null); // the words that wait for their file
  const hinders = hindrance(draft);
  const sendDraft = useCallback(() => {
    const made = composed(id, draftOf(id));
    changeDraft(id, (now) => ({ ...BLANK, note: now.note }));
    for (const { body, looks } of made) send(queries, id, body, looks);
  }, [id, queries]);
  useEffect(() => {
    if (waiting === null || isUploading(hinders)) return;
    setWaiting(null);
    if (hinders === null && waiting === draft.text) sendDraft();
  }, [waiting, hinders, draft.text, sendDraft]);
  return () => {
    if (draft.mode === "reply" && !isOpen) chooseTemplate();
    else if (isUploading(hinders)) setWaiting(draft.text);
    else if (hinders !== null || note.isPending) return;
    else if (draft.mode === "reply") sendDraft();
    else note.mutate(draft.note, { onSuccess: () => changeDraft(id, (now) => ({ ...now, note: "", mode: "reply" })) });
  };
}

function useBoxKeys(box: RefObject<HTMLTextAreaElement | null>, id: number): void {
  useShortcuts(
    useMemo<Shortcut[]>(() => {
      const go = (mode: "reply" | "note") => {
        changeDraft(id, (now) => ({ ...now, mode }));
        requestAnimationFrame(() => box.current?.focus());
      };
      return [
        { keys: "R", label: "composer:keys.reply", run: () => go("reply") },
        { keys: "N", label: "composer:keys.note", run: () => go("note") },
      ];
    }, [box, id]),
  );
}

function useFocusWhenAsked(box: RefObject<HTMLTextAreaElement | null>): void {
  const asked = useAskedFocus();
  const first = useRef(asked);
  useEffect(() => {
    if (asked !== first.current) requestAnimationFrame(() => box.current?.focus());
    first.current = asked;
  }, [asked, box]);
}
