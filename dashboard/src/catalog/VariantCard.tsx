import { Badge, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import classes from "./catalog.module.css";
import { Options } from "./Options";
import type { Variant } from "./queries";
import { StockPanel } from "./StockPanel";
import { VariantForm } from "./VariantForm";

interface Props {
  variant: Variant;
  openAtFirst: boolean;
}

/** A variant in one line, and below it, opened, all that can be changed of it. */
export function VariantCard({ variant, openAtFirst }: Props) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const [open, { toggle }] = useDisclosure(openAtFirst);
  const details = useId();
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.variant}>
      <UnstyledButton className={classes.summary} onClick={toggle} aria-expanded={open} aria-controls={details}>
        <Chevron size={16} aria-hidden />
        <Text span size="sm" fw={500}>
          {variant.sku}
        </Text>
        <Options of={variant.options} />
        <Text span size="sm" ml="auto">
          {format.money(variant.price_minor, variant.currency)}
        </Text>
        {variant.archived_at && (
          <Badge color="gray" variant="light" tt="none" fz={12}>
            {t("isArchived")}
          </Badge>
        )}
        {!variant.available && !variant.archived_at && (
          <Badge color="gray" variant="light" tt="none" fz={12}>
            {t("notOffered")}
          </Badge>
        )}
      </UnstyledButton>
      <div id={details} className={classes.details} hidden={!open}>
        {open && (
          <>
            <VariantForm variant={variant} />
            {!variant.archived_at && <StockPanel variant={variant} />}
          </>
        )}
      </div>
    </div>
  );
}
