/** What a person typed as a quantity, as the service takes it: "1,5" → "1.5"; null where it is none. */
export function readQuantity(typed: string): string | null {
  const plain = typed.trim().replace(",", ".");
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(plain) || Number(plain) === 0) return null;
  return plain;
}

/** What a person typed as a price, in minor units: "₹1,299.50" → 129950; null where it is none. */
export function readPrice(typed: string, decimals: number): number | null {
  const plain = typed.replace(/[^\d.]/g, "");
  if (!/^\d{1,12}(\.\d*)?$/.test(plain)) return null;
  return Math.round(Number(plain) * 10 ** decimals);
}

/** How many decimals a currency has: INR 2, JPY 0. */
export function decimalsOf(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
