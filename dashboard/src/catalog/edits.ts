import { useState } from "react";

/** What a person changed of a thing, kept apart from the thing: what others change meanwhile shows through. */
export interface Edits<Thing> {
  /** The thing as the form shows it. */
  values: Thing;
  given: Partial<Thing>;
  isDirty: boolean;
  /** The thing as it was when the person began. */
  base: Thing;
  /** Fields that others changed since she began. */
  changedMeanwhile: (keyof Thing & string)[];
  /** Another one where fields with a memory of their own have to begin anew. */
  generation: string;
  edit: (change: Partial<Thing>) => void;
  /** Go on with what others changed in sight. */
  accept: () => void;
  discard: () => void;
}

export function useEdits<Thing extends object>(
  current: Thing,
  fields: readonly (keyof Thing & string)[],
): Edits<Thing> {
  const [given, setGiven] = useState<Partial<Thing>>({});
  const [began, setBegan] = useState(current);
  const [discarded, setDiscarded] = useState(0);
  const real = different(fields, given, current);
  const isDirty = real.length > 0;
  const base = isDirty ? began : current;
  return {
    values: { ...current, ...given },
    given: Object.fromEntries(real.map((field) => [field, given[field]])) as Partial<Thing>,
    isDirty,
    base,
    changedMeanwhile: base === current ? [] : fields.filter((field) => !isSame(base[field], current[field])),
    generation: `${discarded}.${"version" in base ? base.version : 0}`,
    edit: (change) => {
      if (!isDirty) setBegan(current);
      setGiven((before) => ({ ...(isDirty ? before : {}), ...change }));
    },
    accept: () => setBegan(current),
    discard: () => {
      setGiven({});
      setDiscarded((count) => count + 1);
    },
  };
}

/** Fields of `given` that do not say what `thing` says. */
export function different<Thing>(fields: readonly (keyof Thing & string)[], given: Partial<Thing>, thing: Thing) {
  return fields.filter((field) => field in given && !isSame(given[field], thing[field]));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
