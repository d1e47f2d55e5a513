import { Menu, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconDots } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { NavLink, useMatch } from "react-router";
import { useUser } from "@/session/session";
import { AccountMenu } from "./AccountMenu";
import { PLACES, type Place } from "./pages";
import classes from "./Shell.module.css";
import { WaitingCount } from "./WaitingCount";

export const PHONE = "(max-width: 48em)";

/** The places that a person may go to. */
export function usePlaces(): readonly Place[] {
  const isAdmin = useUser().role === "admin";
  return PLACES.filter((place) => isAdmin || !place.adminOnly);
}

/** The rail at the left; on a phone a bar at the bottom, gone where a conversation needs the room. */
export function Navigation() {
  const { t } = useTranslation();
  const places = usePlaces();
  const onPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const reading = useMatch("/inbox/:conversationId");
  if (onPhone && reading) return null;
  const shown = onPhone ? places.filter((place) => place.onPhone) : places;
  const more = onPhone ? places.filter((place) => !place.onPhone) : [];
  return (
    <nav className={classes.rail} aria-label={t("nav.label")}>
      {shown.map((place) => (
        <PlaceLink key={place.path} place={place} />
      ))}
      {!onPhone && <div className={classes.space} />}
      {more.length > 0 && <More places={more} />}
      <AccountMenu />
    </nav>
  );
}

function PlaceLink({ place }: { place: Place }) {
  const { t } = useTranslation();
  return (
    <NavLink to={place.path} className={classes.place}>
      <place.icon size={22} aria-hidden />
      <span>{t(place.label)}</span>
      <WaitingCount path={place.path} />
    </NavLink>
  );
}

function More({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation();
  return (
    <Menu position="top-end" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.place}>
          <IconDots size={22} aria-hidden />
          <span>{t("nav.more")}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map((place) => (
          <Menu.Item key={place.path} component={NavLink} to={place.path} leftSection={<place.icon size={18} />}>
            {t(place.label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
