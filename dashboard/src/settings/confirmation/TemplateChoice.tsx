import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { approvedQuery, type Setting, type Template } from "./queries";

type Chosen = NonNullable<Setting["template"]>;

interface Props {
  value: Chosen | null;
  onChange: (template: Chosen | null) => void;
}

const MOST_VARIABLES = 4;

/** The template for customers who have not written for 24 hours: of the approved ones, those that can be filled. */
export function TemplateChoice({ value, onChange }: Props) {
  const { t } = useTranslation("settings");
  const { data = [] } = useQuery(approvedQuery);
  const fitting = data.filter(isFillable);
  const known = fitting.map((template) => ({
    value: keyOf(template),
    label: `${template.name} · ${template.language}`,
  }));
  const chosen = value && keyOf(value);
  const isUnknown = chosen !== null && !known.some((it) => it.value === chosen);
  return (
    <Select
      label={t("confirmations.template")}
      description={t("confirmations.templateHint")}
      placeholder={t("confirmations.noTemplate")}
      clearable
      searchable
      data={isUnknown && value ? [{ value: chosen, label: `${value.name} · ${value.language}` }, ...known] : known}
      value={chosen}
      onChange={(key) => onChange(choiceOf(fitting.find((it) => keyOf(it) === key)))}
    />
  );
}

function keyOf({ name, language }: { name: string; language: string }): string {
  return `${name}/${language}`;
}

/** Whether only its body has variables, and no more than there are words for. */
function isFillable(template: Template): boolean {
  return (
    !template.unsupported.length &&
    template.variables.length <= MOST_VARIABLES &&
    template.variables.every((variable) => variable.part === "body")
  );
}

function choiceOf(template: Template | undefined): Chosen | null {
  return template ? { name: template.name, language: template.language, variables: template.variables.length } : null;
}
