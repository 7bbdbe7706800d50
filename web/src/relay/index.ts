export { AnswerButtons, WithdrawButton } from "./answer";
export { RelayBanner } from "./banner";
export { useHandoffs } from "./api";
export { useFlow, type Flow } from "./flow";
export { mayTry, moveBetween, movesFrom } from "./moves";
export type { Handoff, HandoffState } from "./types";
