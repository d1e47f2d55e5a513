import type { Mark } from "./Evidence";

/** A piece of a message's text, and the targets whose evidence it is. */
export interface Segment {
  text: string;
  targets: readonly string[];
}

/**
 * The text cut where marks begin and end. Marks count Python's characters (code points), JavaScript's strings
 * count UTF-16 units: so the text is taken by code points.
 */
export function segments(text: string, marks: readonly Mark[]): Segment[] {
  const characters = Array.from(text);
  const cuts = new Set([0, characters.length]);
  for (const { start, end } of marks) {
    cuts.add(clamp(start, characters.length)).add(clamp(end, characters.length));
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1] ?? characters.length;
    const covering = marks.filter((mark) => mark.start <= from && mark.end >= to && mark.start < mark.end);
    return { text: characters.slice(from, to).join(""), targets: covering.map((mark) => mark.target) };
  });
}

function clamp(place: number, most: number): number {
  return Math.max(0, Math.min(place, most));
}
