const KEPT = "satyasell-guide-left";

/** A person who left the guide of a business does not land on it again, in this browser. */
export function dismiss(businessId: number): void {
  localStorage.setItem(KEPT, String(businessId));
}

export function isDismissed(businessId: number): boolean {
  return localStorage.getItem(KEPT) === String(businessId);
}
