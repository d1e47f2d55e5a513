import {
  type Icon,
  IconChartBar,
  IconChecklist,
  IconHistory,
  IconInbox,
  IconPackage,
  IconReceipt,
  IconRocket,
  IconSettings,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";

/** A place that the navigation leads to. `key` is the letter that goes there after "g". */
export interface Place {
  path: string;
  label: string;
  icon: Icon;
  key: string;
  adminOnly?: boolean;
  /** Also on the phone's bar at the bottom; the others are under "more". */
  onPhone?: boolean;
}

export const PLACES: readonly Place[] = [
  { path: "/inbox", label: "app:place.inbox", icon: IconInbox, key: "i", onPhone: true },
  { path: "/review", label: "app:place.review", icon: IconChecklist, key: "r", onPhone: true },
  { path: "/orders", label: "app:place.orders", icon: IconReceipt, key: "o", onPhone: true },
  { path: "/catalog", label: "app:place.catalog", icon: IconPackage, key: "p" },
  { path: "/customers", label: "app:place.customers", icon: IconUsers, key: "c" },
  { path: "/analytics", label: "app:place.analytics", icon: IconChartBar, key: "n" },
  { path: "/team", label: "app:place.team", icon: IconUsersGroup, key: "t", adminOnly: true },
  { path: "/settings", label: "app:place.settings", icon: IconSettings, key: "s" },
  { path: "/audit", label: "app:place.audit", icon: IconHistory, key: "a", adminOnly: true },
  { path: "/guide", label: "app:place.guide", icon: IconRocket, key: "h" },
];
