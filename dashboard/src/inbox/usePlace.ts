import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useMemo } from "react";
import { useLocation, useNavigate, useParams } from "react-router";
import { PHONE } from "@/app/Navigation";

const TABLET = "(max-width: 75em)";
const AT_ONCE = { getInitialValueInEffect: false };

export const PANELS = ["order", "customer", "notes"] as const;
export type Panel = (typeof PANELS)[number];

/** Which column a person sees, and how she gets to another; the address holds it. */
export interface Place {
  conversationId: number | null;
  /** The panel that was asked for; null where none was: then a wide screen shows the order. */
  panel: Panel | null;
  /** The message that a link leads to. */
  messageId: number | null;
  onPhone: boolean;
  onTablet: boolean;
  showPanel: (panel: Panel) => void;
  hidePanel: () => void;
  leave: () => void;
}

export function usePlace(): Place {
  const onPhone = useMediaQuery(PHONE, undefined, AT_ONCE);
  const narrow = useMediaQuery(TABLET, undefined, AT_ONCE);
  const { pathname, search, state } = useLocation();
  const navigate = useNavigate();
  const conversationId = idOf(useParams().conversationId);
  const asked = useMemo(() => new URLSearchParams(search), [search]);
  const inApp = (state as { inApp?: boolean } | null)?.inApp === true;
  const go = useCallback(
    (path: string, panel: Panel | null, replace: boolean) => {
      const params = new URLSearchParams(search);
      params.delete("message");
      if (panel) params.set("panel", panel);
      else params.delete("panel");
      void navigate(
        { pathname: path, search: params.toString() },
        { replace, state: replace ? state : { inApp: true } },
      );
    },
    [navigate, search, state],
  );
  return {
    conversationId,
    panel: PANELS.find((it) => it === asked.get("panel")) ?? null,
    messageId: idOf(asked.get("message") ?? undefined),
    onPhone: onPhone ?? false,
    onTablet: Boolean(narrow && !onPhone),
    showPanel: (panel) => go(pathname, panel, !narrow || asked.has("panel")),
    hidePanel: () => (inApp ? void navigate(-1) : go(pathname, null, true)),
    leave: () => (inApp ? void navigate(-1) : go("/inbox", null, true)),
  };
}

function idOf(text: string | undefined): number | null {
  const id = Number(text);
  return Number.isInteger(id) && id > 0 ? id : null;
}
