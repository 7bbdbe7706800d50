import type { Row } from "@/api";

/** Kept, with all they did, but cannot sign in. */
export function isDisabled(member: Row): boolean {
  return member["status"] === "disabled";
}
