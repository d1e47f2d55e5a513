import { Box } from "@mantine/core";
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import { useEvidence } from "@/evidence/Evidence";
import { ChatSays } from "./ChatSays";
import { ChoiceList } from "./ChoiceList";
import { choose, useChoices } from "./choices";
import { LEVELS, levelOf } from "./confidence";
import { lineEdit } from "./edit";
import { useOrderEditing } from "./editing";
import { usePointing } from "./evidence";
import { LineActions } from "./LineActions";
import { LineFigures } from "./LineFigures";
import { LineHead } from "./LineHead";
import { LineWarnings } from "./LineWarnings";
import classes from "./Order.module.css";
import { isOpenLine, type Line, lineTarget } from "./order";
import { Quotes } from "./Quotes";
import { UnsavedNotes } from "./UnsavedNote";
import { useRemoval } from "./useRemoval";

interface Props {
  line: Line;
  canEdit: boolean;
  /** The line that the keys are about. */
  isActive: boolean;
  onActive: (lineId: number) => void;
  /** What stands in the way of confirming, of this line. */
  obstacles: readonly string[];
}

/** One line of an order: what it is, how sure that is, why, and all that a person may change of it. */
export function LineCard({ line, canEdit, isActive, onActive, obstacles }: Props) {
  const { edit } = useOrderEditing();
  const { bringIntoView } = useEvidence();
  const remove = useRemoval();
  const [picking, setPicking] = useState<string | null>(null);
  const { isPointed, handlers } = usePointing(lineTarget(line.id));
  const card = useComeIntoView(isPointed);
  const isPressed = useRef(false);
  const showsChoices = canEdit && line.candidates.length > (line.sku ? 1 : 0) && (!line.sku || isActive);
  const choices = useChoices(line, showsChoices);

  function chooseAt(index: number): boolean {
    const choice = choices[index];
    if (!choice || !canEdit) return false;
    if (choice.sku === null) setPicking(choice.title);
    else if (choice.sku !== line.sku) edit(choose(line, { ...choice, sku: choice.sku }));
    return true;
  }

  function press(event: KeyboardEvent<HTMLElement>) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = Number(line.quantity) + (STEPS[event.key] ?? 0);
    if (/^[1-9]$/.test(event.key)) chooseAt(Number(event.key) - 1);
    else if (event.key in STEPS && canEdit && next > 0) edit(lineEdit(line, { quantity: String(next) }));
    else if (event.key === "Delete" && canEdit) remove(line);
    else if (!focusNeighbor(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function click(event: MouseEvent<HTMLElement>) {
    isPressed.current = false;
    onActive(line.id);
    const at = line.evidence.at(-1);
    if (at && isPlain(event)) bringIntoView(at.message_id);
  }

  return (
    <Box
      component="li"
      ref={card}
      className={classes.line}
      style={{ "--level": levelColor(line) }}
      tabIndex={0}
      aria-label={line.title || line.text}
      data-line={line.id}
      data-pointed={isPointed || undefined}
      {...handlers}
      onPointerDown={() => {
        isPressed.current = true;
      }}
      onFocusCapture={() => !isPressed.current && onActive(line.id)}
      onKeyDown={press}
      onClick={click}
    >
      <LineHead line={line} />
      <div className={classes.figures}>
        <LineFigures line={line} canEdit={canEdit} />
        <LineActions line={line} canEdit={canEdit} picking={picking} onPicking={setPicking} />
      </div>
      {line.evidence.length > 0 && (
        <div className={classes.quotes}>
          <Quotes evidence={line.evidence} />
        </div>
      )}
      <LineWarnings line={line} obstacles={obstacles} canAsk={canEdit} />
      {canEdit && <ChatSays line={line} onChoose={setPicking} />}
      {showsChoices && (
        <ChoiceList line={line} choices={choices} keysWork={isActive} onChoose={(choice) => chooseAt(choice.key - 1)} />
      )}
      <UnsavedNotes target={lineTarget(line.id)} />
    </Box>
  );
}

const STEPS: Record<string, number> = { "+": 1, "=": 1, "-": -1 };

/** A line that is pointed at in the chat comes into view; one that the mouse is over stays where it is. */
function useComeIntoView(isPointed: boolean) {
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const element = card.current;
    if (!isPointed || !element || element.matches(":hover, :focus-within")) return;
    element.scrollIntoView({ block: "nearest" });
  }, [isPointed]);
  return card;
}

function focusNeighbor(event: KeyboardEvent<HTMLElement>): boolean {
  const { previousElementSibling: before, nextElementSibling: after } = event.currentTarget;
  const neighbor = event.key === "ArrowDown" ? after : event.key === "ArrowUp" ? before : null;
  if (neighbor instanceof HTMLElement) neighbor.focus();
  return neighbor !== null;
}

/** Whether a click was on the line itself, and on nothing that does something of its own. */
function isPlain({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  return target instanceof Element && currentTarget.contains(target) && !target.closest("button, input, a");
}

function levelColor(line: Line): string | undefined {
  if (isOpenLine(line)) return "var(--mantine-color-red-6)";
  if (line.touched) return "var(--mantine-color-blue-5)";
  return line.confidence === null ? undefined : `var(--mantine-color-${LEVELS[levelOf(line.confidence)].color}-6)`;
}
