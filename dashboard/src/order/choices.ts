import { useQueries } from "@tanstack/react-query";
import { type Hit, siblings } from "@/product/queries";
import { onlyFitting } from "@/product/variants";
import { type Edit, lineEdit } from "./edit";
import type { Candidate, Line } from "./order";

/** Something that a line may be, with its key 1 to 9. `hit` is what the catalogue says of it now. */
export interface Choice {
  key: number;
  title: string;
  sku: string | null;
  itemGroupId: string;
  score: number;
  hit: Hit | undefined;
}

const KEYS = 9;

/** What a line may be, best first. `wanted`: whether to look up prices and stocks, too. */
export function useChoices(line: Line, wanted: boolean): Choice[] {
  const groups = [...new Set(line.candidates.map((it) => it.item_group_id))];
  const found = useQueries({
    queries: groups.map((group) => ({ ...siblings(group), enabled: wanted })),
    combine: (answers) => answers.flatMap((it) => it.data ?? []),
  });
  return choicesOf(line, found);
}

const NEAR = 0.6; // of the best score

/** How many of the choices fit about as well as the best one. */
export function nearCount(choices: readonly Choice[]): number {
  const best = choices[0]?.score ?? 0;
  return choices.filter((it) => it.score >= NEAR * best).length;
}

export function choicesOf(line: Line, found: readonly Hit[]): Choice[] {
  return line.candidates.slice(0, KEYS).map((candidate, index) => {
    const hit = hitOf(candidate, line, found);
    return {
      key: index + 1,
      title: candidate.title,
      sku: candidate.sku ?? hit?.sku ?? null,
      itemGroupId: candidate.item_group_id,
      score: candidate.score,
      hit,
    };
  });
}

/** Of a product that is known without its variant: the one variant that fits the line's options, if there is one. */
function hitOf({ sku, item_group_id }: Candidate, line: Line, found: readonly Hit[]): Hit | undefined {
  if (sku !== null) return found.find((hit) => hit.sku === sku);
  return onlyFitting(
    found.filter((hit) => hit.item_group_id === item_group_id),
    line.options,
  );
}

/** Make a line what was chosen. */
export function choose(line: Line, choice: { sku: string; title: string; hit?: Hit }): Edit {
  return choice.hit
    ? pick(line, choice.hit)
    : lineEdit(line, { sku: choice.sku }, { title: choice.title, sku: choice.sku });
}

/** Make a line a variant of the catalogue. */
export function pick(line: Line, hit: Hit): Edit {
  return lineEdit(line, { sku: hit.sku }, lookOf(hit));
}

export function lookOf(hit: Hit) {
  const { title, options, sku, price_minor, in_stock } = hit;
  return { title, options, sku, unit_price_minor: price_minor, in_stock };
}
