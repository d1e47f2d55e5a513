interface Choice {
  value: string;
  label: string;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
// Codes that are no country of today.
const NO_COUNTRY = new Set("AN BU CS DD DY EU EZ FX HV NH NT QO QU RH SU TP UK UN VD XA XB YD YU ZR ZZ".split(" "));
const LANGUAGES =
  "en hi bn ta te mr gu kn ml pa or as ur ne si id ms tl th vi es pt fr de it nl ar sw ha yo ig am zu tr".split(" ");
const CURRENCIES: Record<string, string> = {
  IN: "INR", PK: "PKR", BD: "BDT", LK: "LKR", NP: "NPR", AE: "AED", SA: "SAR", QA: "QAR", KW: "KWD", OM: "OMR", BH: "BHD",
  SG: "SGD", MY: "MYR", ID: "IDR", PH: "PHP", TH: "THB", VN: "VND", HK: "HKD", AU: "AUD", NZ: "NZD", JP: "JPY",
  US: "USD", CA: "CAD", MX: "MXN", BR: "BRL", CO: "COP", AR: "ARS", PE: "PEN", CL: "CLP",
  GB: "GBP", IE: "EUR", DE: "EUR", FR: "EUR", ES: "EUR", PT: "EUR", IT: "EUR", NL: "EUR", BE: "EUR", AT: "EUR", TR: "TRY",
  NG: "NGN", GH: "GHS", KE: "KES", TZ: "TZS", UG: "UGX", ZA: "ZAR", EG: "EGP", MA: "MAD", ET: "ETB", RW: "RWF",
}; // biome-ignore format: a table

/** The world's countries by name. */
export function countries(language: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
  const codes = [...LETTERS].flatMap((one) => [...LETTERS].map((other) => one + other));
  return byLabel(
    codes.flatMap((value) => {
      const label = NO_COUNTRY.has(value) ? undefined : names.of(value);
      return label ? [{ value, label }] : [];
    }),
  );
}

export function currencies(language: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: "currency" });
  return byLabel(
    Intl.supportedValuesOf("currency").map((value) => ({ value, label: `${value} · ${names.of(value)}` })),
  );
}

/** IANA's time zones, with the names that they have today. */
export function timeZones(): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone").map(todaysName), "UTC"])].sort();
}

/** Languages as a country writes them: "en-IN". */
export function languagesIn(country: string, language: string): Choice[] {
  const names = new Intl.DisplayNames(language, { type: "language" });
  return LANGUAGES.map((code) => `${code}-${country}`).map((value) => ({ value, label: names.of(value) ?? value }));
}

/** What is paid with in a country, where it is known. */
export function currencyOf(country: string): string | undefined {
  return CURRENCIES[country];
}

/** Where this browser seems to be. */
export function regionHere(): { country_code: string; currency: string; time_zone: string; locale: string } {
  const time_zone = todaysName(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const spoken = new Intl.Locale(navigator.language).maximize().region ?? "IN";
  const country_code = time_zone === "Asia/Kolkata" ? "IN" : spoken;
  return { country_code, currency: currencyOf(country_code) ?? "USD", time_zone, locale: `en-${country_code}` };
}

// Browsers name some zones as they were called long ago.
const RENAMED: Record<string, string> = {
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Asia/Rangoon": "Asia/Yangon",
  "Europe/Kiev": "Europe/Kyiv",
};

function todaysName(zone: string): string {
  return RENAMED[zone] ?? zone;
}

function byLabel(choices: Choice[]): Choice[] {
  return choices.sort((one, other) => one.label.localeCompare(other.label));
}
