import { Button } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "./Empty";

export function Component() {
  const { t } = useTranslation();
  return (
    <Empty icon={IconMapQuestion} title={t("notFound.title")}>
      <Button component={Link} to="/inbox">
        {t("notFound.home")}
      </Button>
    </Empty>
  );
}
