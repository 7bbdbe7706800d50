import { asText, type Json } from "@/api";

/** Reads what people type or paste as a number: 1,234.5  ￥12万  13%. */
export function readNumber(pasted: string): string | undefined {
  const bare = pasted.normalize("NFKC").replace(/[\s,¥$€£元%]/g, "");
  const match = /^(-?\d+(?:\.\d+)?)(万|亿|k|m)?$/i.exec(bare);
  if (!match?.[1]) return undefined;
  const scale = SCALES[match[2]?.toLowerCase() ?? ""] ?? 0;
  return shift(match[1], scale);
}

const SCALES: Record<string, number> = { 万: 4, 亿: 8, k: 3, m: 6 };

/** Moves the decimal point without passing through a float. */
function shift(digits: string, places: number): string {
  const [whole = "", rest = ""] = digits.split(".");
  const moved = `${whole}${rest.slice(0, places).padEnd(places, "0")}`.replace(/^(-?)0+(?=\d)/, "$1");
  const left = rest.slice(places);
  return left ? `${moved}.${left}` : moved;
}

/** An average may have more digits than anybody reads. */
function shortened(digits: string): string {
  const decimals = digits.split(".")[1]?.length ?? 0;
  return decimals > MOST_DECIMALS ? Number(digits).toFixed(2) : digits;
}

const MOST_DECIMALS = 6;

export function grouped(value: Json | undefined): string {
  const [whole = "", rest] = shortened(asText(value)).split(".");
  const text = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return rest === undefined || /^0*$/.test(rest) ? text : `${text}.${rest}`;
}

