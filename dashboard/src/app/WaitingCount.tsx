/** How much waits at a place. */
export function WaitingCount(_: { path: string }) {
  return null;
}
