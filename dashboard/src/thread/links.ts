/** An address in a text: characters (code points) `start` to `end`, and where it leads. */
export interface LinkPlace {
  start: number;
  end: number;
  href: string;
}

const ADDRESS =
  /(?<web>\bhttps?:\/\/[^\s<>"]+|\bwww\.[^\s<>"]+\.[^\s<>"]+)|(?<mail>[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)|(?<phone>(?<![\d\w])\+\d[\d\s-]{7,16}\d(?!\d))/giu;
const AFTERWARDS = /[.,;:!?'"*_~]+$/u;

/** Web addresses, mail addresses and international phone numbers of a text. */
export function linksOf(text: string): LinkPlace[] {
  return [...text.matchAll(ADDRESS)].flatMap((found) => {
    const shown = trimmed(found[0]);
    const href = addressOf(shown, found.groups ?? {});
    if (!href) return [];
    const start = Array.from(text.slice(0, found.index)).length;
    return [{ start, end: start + Array.from(shown).length, href }];
  });
}

/** Without the sentence's own signs, and without a closing bracket that was opened before the address. */
function trimmed(found: string): string {
  const bare = found.replace(AFTERWARDS, "");
  return bare.endsWith(")") && !bare.includes("(") ? trimmed(bare.slice(0, -1)) : bare;
}

function addressOf(shown: string, kind: Record<string, string | undefined>): string | null {
  if (kind.mail) return `mailto:${shown}`;
  if (kind.phone) return `tel:${shown.replace(/[^\d+]/g, "")}`;
  const address = shown.startsWith("www.") ? `https://${shown}` : shown;
  return URL.canParse(address) ? address : null;
}
