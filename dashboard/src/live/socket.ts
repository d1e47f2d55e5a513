import type { Schema } from "@/api/client";

/** Something that changed: a kind of thing, and its id; 0 stands for all of them. Never its contents. */
export type Change = Schema<"ChangeFrame">;

/** Who looks at a thing, this person among them, and who is changing it. */
export type Presence = Schema<"PresenceFrame">;

type Frame = Schema<"WebSocketFrames">["from_server"];

/** A conversation or an order that a person looks at, or is changing. */
export type Looking = Schema<"Looking">;

export type Status = "connecting" | "live" | "lost" | "ended";

export interface Listener {
  onStatus: (status: Status) => void;
  onChange: (change: Change) => void;
  /** The service does not know any more what was missed: everything is stale. */
  onReset: () => void;
  onPresence: (presence: Presence) => void;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
const SESSION_ENDED = 4401;

/** One connection to `/ws` that mends itself and goes on where it was cut. */
export class LiveSocket {
  private socket: WebSocket | null = null;
  private cursor: string | null = null;
  private wait = FIRST_WAIT;
  private timer: number | undefined;
  private closed = false;
  private readonly looking = new Map<Looking["subject"], Looking>();

  constructor(private readonly listener: Listener) {
    window.addEventListener("online", this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
    this.connect();
  }

  /** Tell colleagues what this person looks at: one conversation and one order; an id of null for none any more. */
  look(at: Omit<Looking, "type">): void {
    const frame: Looking = { type: "looking", ...at };
    if (at.id === null) this.looking.delete(at.subject);
    else this.looking.set(at.subject, frame);
    this.send(frame);
  }

  close(): void {
    this.closed = true;
    window.removeEventListener("online", this.hurry);
    document.removeEventListener("visibilitychange", this.hurry);
    window.clearTimeout(this.timer);
    this.socket?.close();
  }

  private connect(): void {
    const address = new URL("/ws", window.location.href);
    address.protocol = address.protocol.replace("http", "ws");
    if (this.cursor !== null) address.searchParams.set("cursor", this.cursor);
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onmessage = (event) => this.receive(JSON.parse(event.data) as Frame);
    socket.onclose = (event) => this.lost(event.code);
  }

  private receive(frame: Frame): void {
    if ("cursor" in frame) this.cursor = frame.cursor;
    if (frame.type === "hello") this.greeted();
    else if (frame.type === "reset") this.listener.onReset();
    else if (frame.type === "presence") this.listener.onPresence(frame);
    else if (frame.type === "change") this.listener.onChange(frame);
  }

  private greeted(): void {
    this.wait = FIRST_WAIT;
    this.listener.onStatus("live");
    for (const frame of this.looking.values()) this.send(frame);
  }

  private lost(code: number): void {
    this.socket = null;
    if (this.closed) return;
    this.listener.onStatus(code === SESSION_ENDED ? "ended" : "lost");
    if (code === SESSION_ENDED) return;
    this.timer = window.setTimeout(() => this.connect(), this.wait * (0.5 + Math.random()));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  /** A person who comes back, or a network that does, does not wait for the next try. */
  private readonly hurry = (): void => {
    if (this.socket || this.closed || document.visibilityState === "hidden") return;
    window.clearTimeout(this.timer);
    this.wait = FIRST_WAIT;
    this.connect();
  };

  private send(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }
}
