import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBusiness } from "@/session/session";
import { templateFile } from "./template";

/** Downloads a catalogue file to begin with. */
export function TemplateLink() {
  const { t } = useTranslation("catalog");
  const { currency } = useBusiness();
  return (
    <Anchor component="button" type="button" size="sm" onClick={() => save(templateFile(currency))}>
      {t("importing.template")}
    </Anchor>
  );
}

function save(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}
