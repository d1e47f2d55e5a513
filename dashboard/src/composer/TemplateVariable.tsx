import { FileInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import { explain } from "@/app/notices";
import { upload } from "./upload";

const ACCEPTED: Record<string, string> = {
  image: "image/jpeg,image/png",
  video: "video/mp4,video/3gpp",
  document: "",
};

interface VariableProps {
  variable: Schema<"VariableOut">;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}

/** A place in a template: words, a file, or a time. */
export function TemplateVariable({ variable, value, problem, onChange }: VariableProps) {
  const { t } = useTranslation();
  const label = t(`composer:template.part.${variable.part}`, { name: placeOf(variable), defaultValue: variable.key });
  if (variable.kind in ACCEPTED) {
    return <FileVariable label={label} variable={variable} problem={problem} onChange={onChange} />;
  }
  const isTime = variable.kind === "time";
  return (
    <TextInput
      label={label}
      type={isTime ? "datetime-local" : "text"}
      required={variable.required}
      withAsterisk={variable.required}
      placeholder={variable.example ?? ""}
      description={variable.kind === "location" ? t("composer:template.place") : undefined}
      error={problem}
      value={isTime ? localOf(value) : value}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onChange(isTime && typed ? new Date(typed).toISOString() : typed);
      }}
    />
  );
}

function FileVariable({ label, variable, problem, onChange }: Omit<VariableProps, "value"> & { label: string }) {
  const { t } = useTranslation();
  const [error, setError] = useState<string | null>(null);
  async function bring(file: File | null) {
    setError(null);
    onChange("");
    if (!file) return;
    try {
      onChange(String((await upload(file, () => undefined)).id));
    } catch (refused) {
      setError(explain(refused));
    }
  }
  return (
    <FileInput
      label={label}
      required={variable.required}
      withAsterisk={variable.required}
      accept={ACCEPTED[variable.kind]}
      clearable
      placeholder={t("composer:template.file")}
      error={error ?? problem}
      onChange={(file) => void bring(file)}
    />
  );
}

/** Buttons are counted from 0 by Meta, from 1 by people. */
function placeOf({ part, name }: Schema<"VariableOut">): string {
  return part === "button" && Number.isInteger(Number(name)) ? String(Number(name) + 1) : name;
}

/** A moment as an input of local time shows it. */
function localOf(iso: string): string {
  if (!iso) return "";
  const moment = new Date(iso);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
