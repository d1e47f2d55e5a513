import { SegmentedControl, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { daysOf, type Period, PRESETS, type Preset, periodOf } from "./period";

interface Props {
  value: Period;
  today: string;
  onChange: (period: Period) => void;
}

const MOST_DAYS = 400;

export function PeriodPicker({ value, today, onChange }: Props) {
  const { t } = useTranslation("analytics");
  const preset = PRESETS.find((name) => {
    const { from, to } = periodOf(name, today);
    return from === value.from && to === value.to;
  });

  function change(part: Partial<Period>) {
    const next = { ...value, ...part };
    const days = daysOf(next);
    if (days >= 1 && days <= MOST_DAYS) onChange(next);
  }

  return (
    <>
      <SegmentedControl
        aria-label={t("period.label")}
        value={preset ?? "own"}
        onChange={(name) => onChange(periodOf(name as Preset, today))}
        data={PRESETS.map((name) => ({ value: name, label: t(`period.${name}`) }))}
      />
      {(["from", "to"] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          required
          aria-label={t(`period.${end}`)}
          w={150}
          max={end === "from" ? value.to : today}
          min={end === "to" ? value.from : undefined}
          value={value[end]}
          onChange={(event) => change({ [end]: event.currentTarget.value })}
        />
      ))}
    </>
  );
}
