import i18next from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = { en: "English", hi: "हिन्दी" } as const;
export type Language = keyof typeof LANGUAGES;
const KEPT = "satyasell-language";

type Texts = Record<string, object>;

/** The texts of one language by feature: each file of its folder is a namespace. */
async function texts(language: Language): Promise<Texts> {
  const files =
    language === "hi"
      ? import.meta.glob<{ default: object }>("./hi/*.json")
      : import.meta.glob<{ default: object }>("./en/*.json");
  const loaded = await Promise.all(
    Object.entries(files).map(async ([path, load]) => [nameOf(path), (await load()).default] as const),
  );
  return Object.fromEntries(loaded);
}

function nameOf(path: string): string {
  return path.split("/").at(-1)?.replace(".json", "") ?? path;
}

function isLanguage(word: string | null | undefined): word is Language {
  return word != null && word in LANGUAGES;
}

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (isLanguage(kept)) return kept;
  const asked = navigator.language.split("-")[0];
  return isLanguage(asked) ? asked : "en";
}

/** Speak a person's language from now on, in this browser. */
export async function speak(language: Language): Promise<void> {
  for (const [name, words] of Object.entries(await texts(language))) {
    i18next.addResourceBundle(language, name, words, true, true);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(KEPT, language);
}

/** Whether a language was spoken in this browser before, so that it is the one that is wanted here. */
export function hasSpoken(): boolean {
  return localStorage.getItem(KEPT) !== null;
}

/** Load the texts before the first page is drawn; what Hindi lacks is said in English. */
export async function startSpeaking(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: await texts("en") },
    defaultNS: "app",
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
  });
  const language = firstLanguage();
  if (language !== "en") await speak(language);
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}
