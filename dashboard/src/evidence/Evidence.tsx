import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

/** Words of a message that made something of the order: characters `start` to `end` of its content. */
export interface Mark {
  messageId: number;
  start: number;
  end: number;
  /** What they made: "line/12", "detail/address". */
  target: string;
}

interface Evidence {
  marks: readonly Mark[];
  show: (marks: readonly Mark[]) => void;
  /** The target that a person points at, in the order or in the chat. */
  pointed: string | null;
  point: (target: string | null) => void;
  /** Asks the thread to bring a message into view; a new number asks anew. */
  wanted: { messageId: number; asked: number } | null;
  bringIntoView: (messageId: number) => void;
}

const EvidenceContext = createContext<Evidence | null>(null);

/** Ties the order's lines to the words in the chat. It stands around a thread and an order panel. */
export function EvidenceProvider({ children }: { children: ReactNode }) {
  const [marks, show] = useState<readonly Mark[]>([]);
  const [pointed, point] = useState<string | null>(null);
  const [wanted, setWanted] = useState<Evidence["wanted"]>(null);
  const bringIntoView = useCallback(
    (messageId: number) => setWanted((before) => ({ messageId, asked: (before?.asked ?? 0) + 1 })),
    [],
  );
  const evidence = useMemo(
    () => ({ marks, show, pointed, point, wanted, bringIntoView }),
    [marks, pointed, wanted, bringIntoView],
  );
  return <EvidenceContext value={evidence}>{children}</EvidenceContext>;
}

export function useEvidence(): Evidence {
  const evidence = useContext(EvidenceContext);
  if (!evidence) throw new Error("useEvidence works below EvidenceProvider only");
  return evidence;
}
