import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useEvidence } from "@/evidence/Evidence";
import { type Segment, segments } from "@/evidence/segments";
import { linksOf } from "./links";
import classes from "./Words.module.css";

const LINK = "link ";

/** A message's words: what made something of the order is marked, addresses lead somewhere. */
export function Words({ messageId, text }: { messageId: number; text: string }) {
  const { marks } = useEvidence();
  const pieces = useMemo(() => {
    const links = linksOf(text).map((it) => ({ ...it, messageId, target: LINK + it.href }));
    return segments(text, [...marks.filter((mark) => mark.messageId === messageId), ...links]);
  }, [marks, messageId, text]);
  return (
    <span className={classes.words} dir="auto">
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
        <Piece key={index} piece={piece} />
      ))}
    </span>
  );
}

function Piece({ piece: { text, targets } }: { piece: Segment }) {
  const href = targets.find((it) => it.startsWith(LINK))?.slice(LINK.length);
  const target = targets.find((it) => !it.startsWith(LINK));
  const own = useMemo(() => targets.filter((it) => !it.startsWith(LINK)), [targets]);
  const pointing = usePointing(own);
  if (href) {
    return (
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className={classes.link}
        {...(target && pointing)}
      >
        {text}
      </a>
    );
  }
  if (!target) return text;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot break into lines like words do
    <span
      role="button"
      tabIndex={0}
      {...pointing}
      onClick={pointing.onFocus}
      onKeyDown={(event) => event.key === "Enter" && pointing.onFocus()}
    >
      {text}
    </span>
  );
}

/** Makes words point at what they made in the order, and shows when that is pointed at. */
function usePointing(targets: readonly string[]) {
  const { t } = useTranslation();
  const { pointed, point } = useEvidence();
  const [first = null] = targets;
  const show = () => point(first);
  const hide = () => point(null);
  return {
    className: classes.mark,
    "data-kind": first?.split("/")[0],
    "data-pointed": (pointed !== null && targets.includes(pointed)) || undefined,
    title: t("thread:evidence.hint"),
    onMouseEnter: show,
    onMouseLeave: hide,
    onFocus: show,
    onBlur: hide,
  };
}
