/** +8613800138000 → 138 0013 8000; other numbers stay as stored. */
export function phoneText(stored: string): string {
  const mobile = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(stored);
  if (mobile) return mobile.slice(1).join(" ");
  return stored.startsWith("+86") ? stored.slice(3) : stored;
}
