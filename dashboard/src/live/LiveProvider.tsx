import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { currentUser, useUser } from "@/session/session";
import { LiveSocket, type Looking, type Presence, type Status } from "./socket";
import { Staleness } from "./staleness";

interface Live {
  status: Status;
  /** How often the page caught up after a lost connection: a new number is worth telling. */
  caughtUp: number;
  presences: ReadonlyMap<string, Presence["people"]>;
  look: LiveSocket["look"];
}

const LiveContext = createContext<Live | null>(null);

/** Keeps everything below up to date by itself. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const socket = useRef<LiveSocket | null>(null);
  const [status, setStatus] = useState<Status>("connecting");
  const [caughtUp, setCaughtUp] = useState(0);
  const [presences, setPresences] = useState<ReadonlyMap<string, Presence["people"]>>(new Map());

  useEffect(() => {
    const staleness = new Staleness(queries);
    let wasLost = false;
    const live = new LiveSocket({
      onStatus: (now) => {
        if (now === "live" && wasLost) setCaughtUp((count) => count + 1);
        wasLost = now === "lost" || (wasLost && now !== "live");
        setStatus(now);
        if (now === "ended") void queries.resetQueries({ queryKey: currentUser.queryKey });
      },
      onChange: (change) => staleness.add(change),
      onReset: () => void queries.invalidateQueries(),
      onPresence: ({ subject, id, people }) => setPresences((known) => new Map(known).set(`${subject}/${id}`, people)),
    });
    socket.current = live;
    return () => live.close();
  }, [queries]);

  const look = useCallback<Live["look"]>((at) => socket.current?.look(at), []);
  const live = useMemo<Live>(() => ({ status, caughtUp, presences, look }), [status, caughtUp, presences, look]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive works below LiveProvider only");
  return live;
}

/** Tell colleagues that this person looks at a conversation or an order, and hear which others do. */
export function usePresence(subject: Looking["subject"], id: number | undefined, editing = false): Presence["people"] {
  const { look, presences, status } = useLive();
  const me = useUser().id;
  useEffect(() => {
    if (id !== undefined && status === "live") look({ subject, id, editing });
  }, [look, subject, id, editing, status]);
  useEffect(() => () => look({ subject, id: null, editing: false }), [look, subject]);
  return useMemo(
    () => (presences.get(`${subject}/${id}`) ?? []).filter((it) => it.user_id !== me),
    [presences, subject, id, me],
  );
}
