import { Select, SimpleGrid } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { countries, currencies, currencyOf, languagesIn, timeZones } from "./region";

/** Where a business is and how it writes. */
export interface Region {
  country_code: string;
  currency: string;
  time_zone: string;
  locale: string;
}

interface Props {
  values: Region;
  errors: Record<string, string>;
  onChange: (change: Partial<Region>) => void;
}

/** Country, currency, time zone and locale; another country brings its currency and locale along. */
export function RegionFields({ values, errors, onChange }: Props) {
  const { t, i18n } = useTranslation("settings");
  const choices = useMemo(
    () => ({ country_code: countries(i18n.language), currency: currencies(i18n.language), time_zone: timeZones() }),
    [i18n.language],
  );
  const languages = useMemo(
    () => languagesIn(values.country_code, i18n.language),
    [values.country_code, i18n.language],
  );

  function moveTo(country_code: string) {
    const language = values.locale.split("-")[0];
    onChange({
      country_code,
      currency: currencyOf(country_code) ?? values.currency,
      locale: `${language}-${country_code}`,
    });
  }

  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      {(["country_code", "currency", "time_zone"] as const).map((field) => (
        <Select
          key={field}
          label={t(`business.${field}`)}
          searchable
          required
          allowDeselect={false}
          data={choices[field]}
          value={values[field]}
          error={errors[field]}
          onChange={(value) => value && (field === "country_code" ? moveTo(value) : onChange({ [field]: value }))}
        />
      ))}
      <Select
        label={t("business.locale")}
        searchable
        required
        allowDeselect={false}
        data={withCurrent(languages, values.locale)}
        value={values.locale}
        error={errors.locale}
        onChange={(locale) => locale && onChange({ locale })}
      />
    </SimpleGrid>
  );
}

function withCurrent(choices: { value: string; label: string }[], current: string) {
  return choices.some((it) => it.value === current) ? choices : [{ value: current, label: current }, ...choices];
}
