const DOWN: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const ACROSS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/** Moves the focus from card to card: down and up within a column, across to the next column that has cards. */
export function walkCards(board: HTMLElement, key: string): boolean {
  const card = document.activeElement;
  if (!(card instanceof HTMLElement) || !card.dataset["card"]) return false;
  const column = card.closest<HTMLElement>("[data-column]");
  const down = DOWN[key];
  const across = ACROSS[key];
  if (down !== undefined && column) return focusBy(cardsOf(column), card, down);
  if (across !== undefined) return focusColumn(board, column, across);
  return false;
}

function cardsOf(column: HTMLElement): HTMLElement[] {
  const cards = [...column.querySelectorAll<HTMLElement>("[data-card]")];
  const place = (card: HTMLElement) => Number(card.closest<HTMLElement>("[data-index]")?.dataset["index"] ?? 0);
  return cards.sort((a, b) => place(a) - place(b));
}

function focusBy(cards: HTMLElement[], from: HTMLElement, step: number): boolean {
  const next = cards[cards.indexOf(from) + step];
  next?.focus();
  next?.scrollIntoView?.({ block: "nearest" });
  return next !== undefined;
}

function focusColumn(board: HTMLElement, from: HTMLElement | null, step: number): boolean {
  const columns = [...board.querySelectorAll<HTMLElement>("[data-column]")];
  for (let at = columns.findIndex((one) => one === from) + step; at >= 0 && at < columns.length; at += step) {
    const column = columns[at];
    const first = column && cardsOf(column)[0];
    if (first) {
      first.focus();
      first.scrollIntoView?.({ block: "nearest", inline: "nearest" });
      return true;
    }
  }
  return false;
}
