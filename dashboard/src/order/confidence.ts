import { type Icon, IconCircleCheckFilled, IconEyeFilled, IconHelpHexagonFilled } from "@tabler/icons-react";

export type Level = "sure" | "check" | "unsure";

const SURE = 0.9;
const CHECK = 0.6;

/** How a probability is meant to be taken by who looks at it. */
export function levelOf(confidence: number): Level {
  if (confidence >= SURE) return "sure";
  return confidence >= CHECK ? "check" : "unsure";
}

/** Each level by color, form and word: nobody has to tell green from red. */
export const LEVELS: Record<Level, { color: string; icon: Icon }> = {
  sure: { color: "teal", icon: IconCircleCheckFilled },
  check: { color: "yellow", icon: IconEyeFilled },
  unsure: { color: "red", icon: IconHelpHexagonFilled },
};

/** Of a hundred such ones, how many were right; never all, and never none. */
export function ofHundred(confidence: number): number {
  return Math.min(99, Math.max(1, Math.round(confidence * 100)));
}
