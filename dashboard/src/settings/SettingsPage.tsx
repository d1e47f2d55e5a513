import {
  type Icon,
  IconBrandWhatsapp,
  IconBuildingStore,
  IconMessage2Check,
  IconMessages,
  IconTemplate,
  IconUser,
} from "@tabler/icons-react";
import { type ComponentType, lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, NavLink, useParams } from "react-router";
import { Page } from "@/app/Page";
import classes from "./settings.module.css";

interface Section {
  name: string;
  icon: Icon;
  content: ComponentType;
}

const SECTIONS: readonly Section[] = [
  { name: "channels", icon: IconBrandWhatsapp, content: lazy(() => import("./channel/Channels")) },
  { name: "templates", icon: IconTemplate, content: lazy(() => import("./template/Templates")) },
  { name: "replies", icon: IconMessages, content: lazy(() => import("./reply/SavedReplies")) },
  { name: "confirmations", icon: IconMessage2Check, content: lazy(() => import("./confirmation/Confirmations")) },
  { name: "business", icon: IconBuildingStore, content: lazy(() => import("./business/BusinessSettings")) },
  { name: "account", icon: IconUser, content: lazy(() => import("./account/Account")) },
];

export function Component() {
  const { t } = useTranslation("settings");
  const { section } = useParams();
  const open = SECTIONS.find((it) => it.name === section);
  const links = useRef<HTMLElement>(null);
  // On a phone the sections stand in a row that scrolls: the open one comes into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another section is another link
  useEffect(() => {
    links.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [section]);
  if (!open) return <Navigate to="/settings/channels" replace />;
  return (
    <Page fill title={t("title")}>
      <div className={classes.settings}>
        <nav ref={links} className={classes.sections} aria-label={t("title")}>
          {SECTIONS.map(({ name, icon: SectionIcon }) => (
            <NavLink key={name} to={`/settings/${name}`} className={classes.section}>
              <SectionIcon size={18} aria-hidden />
              {t(`${name}.title`)}
            </NavLink>
          ))}
        </nav>
        <div className={classes.content}>
          <Suspense>
            <open.content />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
