import { createHashRouter, Navigate } from "react-router";
import { Crash } from "./Crash";
import { Shell } from "./Shell";
import { Waiting } from "./Waiting";

const around = { errorElement: <Crash />, hydrateFallbackElement: <Waiting /> };

/** Addresses stand behind `#`: the paths before it belong to the API. */
export const router = createHashRouter([
  { path: "/login", lazy: () => import("@/session/LoginPage"), ...around },
  { path: "/join/:token", lazy: () => import("@/team/JoinPage"), ...around },
  { path: "/setup/:code?", lazy: () => import("@/guide/SetupPage"), ...around },
  {
    path: "/",
    element: <Shell />,
    ...around,
    children: [
      { index: true, element: <Navigate to="/inbox" replace /> },
      { path: "inbox/:conversationId?", lazy: () => import("@/inbox/InboxPage") },
      { path: "review", lazy: () => import("@/review/ReviewPage") },
      { path: "orders/:orderId?", lazy: () => import("@/orders/OrdersPage") },
      { path: "catalog/:productId?", lazy: () => import("@/catalog/CatalogPage") },
      { path: "customers/:customerId?", lazy: () => import("@/customers/CustomersPage") },
      { path: "analytics", lazy: () => import("@/analytics/AnalyticsPage") },
      { path: "team", lazy: () => import("@/team/TeamPage") },
      { path: "settings/:section?", lazy: () => import("@/settings/SettingsPage") },
      { path: "audit", lazy: () => import("@/audit/AuditPage") },
      { path: "guide", lazy: () => import("@/guide/GuidePage") },
      { path: "*", lazy: () => import("./NotFoundPage") },
    ],
  },
]);
