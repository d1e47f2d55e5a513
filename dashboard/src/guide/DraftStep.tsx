import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

export function DraftStep() {
  const { t } = useTranslation("guide");
  return (
    <Button component={Link} to="/inbox">
      {t("draft.open")}
    </Button>
  );
}
