import { type ReactNode, useMemo } from "react";
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

function Piece({ piece }: { piece: Segment }) {
  const href = piece.targets.find((it) => it.startsWith(LINK))?.slice(LINK.length);
  const target = piece.targets.find((it) => !it.startsWith(LINK));
  const shown = href ? (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className={classes.link}>
      {piece.text}
    </a>
  ) : (
    piece.text
  );
  return target ? <Evidence targets={piece.targets}>{shown}</Evidence> : shown;
}

function Evidence({ targets, children }: { targets: readonly string[]; children: ReactNode }) {
  const { t } = useTranslation();
  const { pointed, point } = useEvidence();
  const own = targets.filter((it) => !it.startsWith(LINK));
  const isPointed = pointed !== null && own.includes(pointed);
  const show = () => point(own[0] ?? null);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot break into lines like words do
    <span
      role="button"
      tabIndex={0}
      className={classes.mark}
      data-kind={own[0]?.split("/")[0]}
      data-pointed={isPointed || undefined}
      title={t("thread:evidence.hint")}
      onMouseEnter={show}
      onMouseLeave={() => point(null)}
      onFocus={show}
      onBlur={() => point(null)}
      onClick={show}
      onKeyDown={(event) => event.key === "Enter" && show()}
    >
      {children}
    </span>
  );
}
