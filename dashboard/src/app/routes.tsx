import { createHashRouter, Navigate } from "react-router";
import { Crash } from "./Crash";
import { Shell } from "./Shell";

/** Addresses stand behind `#`: the paths before it belong to the API. */
export const router = createHashRouter([
  { path: "/login", lazy: () => import("@/session/LoginPage"), errorElement: <Crash /> },
  { path: "/join/:token", lazy: () => import("@/team/JoinPage"), errorElement: <Crash /> },
  { path: "/setup", lazy: () => import("@/guide/SetupPage"), errorElement: <Crash /> },
  {
    path: "/",
    element: <Shell />,
    errorElement: <Crash />,
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
