import { Button, CopyButton, Group, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconMapPin, IconNavigation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Place } from "./attributes";
import classes from "./Content.module.css";

/** A pin on the map, without a map: its name, its coordinates, and ways to take it elsewhere. */
export function PlaceCard({ place }: { place: Place }) {
  const { t } = useTranslation();
  const coordinates = `${place.latitude},${place.longitude}`;
  const label = encodeURIComponent(place.name || t("thread:place.label"));
  return (
    <div className={classes.card}>
      <Text fw={600} className={classes.line}>
        <IconMapPin size={16} aria-hidden /> {place.name || t("thread:place.label")}
      </Text>
      {place.address && <Text className={classes.small}>{place.address}</Text>}
      <Text className={classes.small}>{coordinates}</Text>
      <Group gap={6} mt={6}>
        <Button
          component="a"
          href={`geo:${coordinates}?q=${coordinates}(${label})`}
          size="compact-sm"
          variant="default"
          leftSection={<IconNavigation size={14} />}
        >
          {t("thread:place.open")}
        </Button>
        <CopyButton value={coordinates}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
            >
              {t(copied ? "thread:copied" : "thread:copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
