import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

export function ConfirmStep() {
  const { t } = useTranslation("guide");
  return (
    <Button component={Link} to="/review">
      {t("confirm.open")}
    </Button>
  );
}
