import type { Hit } from "./queries";

type Options = Record<string, unknown>;

/** The values of each option that tells a product's variants apart, in the catalogue's order. */
export function optionValues(hits: readonly Hit[]): [name: string, values: string[]][] {
  const values = new Map<string, Set<string>>();
  for (const { options } of hits) {
    for (const [name, value] of Object.entries(options)) {
      values.set(name, (values.get(name) ?? new Set()).add(String(value)));
    }
  }
  return [...values].filter(([, it]) => it.size > 1).map(([name, it]) => [name, [...it]]);
}

/** The variant with that value which is most like what was chosen so far; undefined where none has it. */
export function variantWith(hits: readonly Hit[], chosen: Options, name: string, value: string): Hit | undefined {
  const having = hits.filter((hit) => String(hit.options[name]) === value);
  const likeness = (hit: Hit) =>
    Object.entries(chosen).filter(([other, it]) => other !== name && hit.options[other] === it).length;
  return having.reduce<Hit | undefined>(
    (best, hit) => (best === undefined || likeness(hit) > likeness(best) ? hit : best),
    undefined,
  );
}

/** The one variant that fits what is known; undefined where several or none do. */
export function onlyFitting(hits: readonly Hit[], known: Options): Hit | undefined {
  const fitting = hits.filter((hit) => Object.entries(known).every(([name, value]) => hit.options[name] === value));
  return fitting.length === 1 ? fitting[0] : undefined;
}
