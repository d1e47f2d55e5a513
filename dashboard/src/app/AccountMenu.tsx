import { Avatar, Menu, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from "@mantine/core";
import { IconDeviceDesktop, IconKeyboard, IconLanguage, IconLogout, IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { currentLanguage, LANGUAGES, type Language, speak } from "@/i18n";
import { logOut, useBusiness, useUser } from "@/session/session";
import { openHelp } from "./Commands";
import { tellError } from "./notices";
import classes from "./Shell.module.css";

const SCHEMES = [
  { value: "light", icon: IconSun },
  { value: "dark", icon: IconMoon },
  { value: "auto", icon: IconDeviceDesktop },
] as const;

/** Who is logged in, and how the page looks to her. */
export function AccountMenu() {
  const { t } = useTranslation();
  const user = useUser();
  const business = useBusiness();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  async function leave() {
    try {
      await logOut();
      await navigate("/login");
    } catch (error) {
      tellError(error);
    }
  }

  return (
    <Menu position="right-end" withinPortal width={230}>
      <Menu.Target>
        <UnstyledButton className={classes.place}>
          <Avatar name={user.name} color="initials" size={30} alt="" aria-hidden />
          <VisuallyHidden>{t("account.label")}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {user.name}
          </Text>
          <Text size="xs">{business.name}</Text>
        </Menu.Label>
        <Menu.Divider />
        {SCHEMES.map(({ value, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            onClick={() => setColorScheme(value)}
            aria-current={colorScheme === value || undefined}
            fw={colorScheme === value ? 700 : undefined}
          >
            {t(`account.scheme.${value}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {(Object.entries(LANGUAGES) as [Language, string][]).map(([language, name]) => (
          <Menu.Item
            key={language}
            lang={language}
            leftSection={<IconLanguage size={16} />}
            onClick={() => void speak(language).catch(tellError)}
            fw={currentLanguage() === language ? 700 : undefined}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openHelp}>
          {t("shortcut.help")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          {t("account.logOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
