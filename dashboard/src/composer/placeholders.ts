/** What a saved reply's places stand for, as far as it is known. */
export interface Known {
  name: string | null;
  order_number: string | null;
  total: string | null;
  agent: string;
}

/** The text with its places filled in; a place that is not known stays as it is, for a person to see. */
export function filled(text: string, known: Known): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => known[name as keyof Known] ?? place);
}

/** What stands behind a slash at the text's end, where the person looks for a saved reply: "/tha" → "tha". */
export function slashWord(text: string, caret: number): string | null {
  const found = /(?:^|\s)\/([^\s/]*)$/u.exec(text.slice(0, caret));
  return found?.[1] ?? null;
}

/** The text with the slash and its word replaced; `caret` is where the word ends. */
export function withReply(text: string, caret: number, word: string, reply: string): string {
  return text.slice(0, caret - word.length - 1) + reply + text.slice(caret);
}
