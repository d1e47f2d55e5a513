/** Something that changed: a kind of thing, and its id; 0 stands for all of them. Never its contents. */
export interface Change {
  type: "change";
  id: string | number;
  subject: string;
  subject_id: number;
}

/** Who else looks at a thing, and whether she is changing it. */
export interface Presence {
  type: "presence";
  subject: string;
  id: number;
  users: { id: number; name: string; editing: boolean }[];
}

interface Hello {
  type: "hello";
  cursor: string | number;
}

interface Reset {
  type: "reset";
}

type Frame = Hello | Change | Presence | Reset;

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
  private cursor: string | number | null = null;
  private wait = FIRST_WAIT;
  private timer: number | undefined;
  private closed = false;
  private looking: object | null = null;

  constructor(private readonly listener: Listener) {
    window.addEventListener("online", this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
    this.connect();
  }

  /** Tell colleagues what this person looks at; null for nothing in particular. */
  look(at: { subject: string; id: number; editing: boolean } | null): void {
    this.looking = at && { type: "looking", ...at };
    this.send(this.looking ?? { type: "looking", subject: null });
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
    if (this.cursor !== null) address.searchParams.set("cursor", String(this.cursor));
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onmessage = (event) => this.receive(JSON.parse(event.data) as Frame);
    socket.onclose = (event) => this.lost(event.code);
  }

  private receive(frame: Frame): void {
    if (frame.type === "hello") this.greeted(frame);
    else if (frame.type === "reset") this.listener.onReset();
    else if (frame.type === "presence") this.listener.onPresence(frame);
    else if (frame.type === "change") {
      this.cursor = frame.id;
      this.listener.onChange(frame);
    }
  }

  private greeted(hello: Hello): void {
    this.cursor = hello.cursor;
    this.wait = FIRST_WAIT;
    this.listener.onStatus("live");
    if (this.looking) this.send(this.looking);
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
