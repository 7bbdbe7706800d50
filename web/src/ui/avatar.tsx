import styles from "./avatar.module.css";

const FACES = 8;
/** Below this two letters cannot be read. */
const SMALL = 22;
const HAN = /[\u3400-\u9fff]/;

/** 王小芳 → 小芳; Anna Maria Schmidt → AS. */
export function initials(name: string): string {
  const text = name.trim();
  if (HAN.test(text)) return [...text].filter((letter) => HAN.test(letter)).slice(-2).join("");
  const words = text.split(/[\s._-]+/).filter(Boolean);
  const first = words[0]?.[0] ?? "?";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toUpperCase();
}

/** The same person has the same colour everywhere and for ever. */
export function faceOf(id: string): number {
  let hash = 0;
  for (const letter of id) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hash % FACES;
}

type Props = { name: string; id?: string; size?: number };

export function Avatar({ name, id, size = 24 }: Props) {
  const style = {
    width: size,
    height: size,
    fontSize: Math.round(size * (size < SMALL ? 0.55 : 0.4)),
    background: `var(--face-${faceOf(id ?? name)})`,
  };
  return (
    <span className={styles["avatar"]} style={style} aria-hidden="true">
      {size < SMALL ? initials(name).slice(-1) : initials(name)}
    </span>
  );
}

/** A face with its name beside it. */
export function Person({ name, id, size = 20 }: Props) {
  return (
    <span className={styles["person"]}>
      <Avatar name={name} size={size} {...(id ? { id } : {})} />
      <span className="cut">{name}</span>
    </span>
  );
}
