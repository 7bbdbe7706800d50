import type { Option } from "@/api";
import { useText } from "@/i18n/use-text";
import { Tag, type Tone } from "@/ui";

/** Colours a blueprint may name, brought back to the few that mean something. */
const TONES: Record<string, Tone> = {
  amber: "amber",
  blue: "accent",
  gold: "amber",
  gray: "grey",
  green: "green",
  grey: "grey",
  orange: "amber",
  red: "red",
  yellow: "amber",
};

type Props = { option: Option | undefined; name: string; dot?: boolean };

export function OptionTag({ option, name, dot = false }: Props) {
  const { label } = useText();
  const tone = option?.color ? (TONES[option.color] ?? "plain") : "plain";
  const text = label(option?.label) || name;
  if (dot && tone === "plain") return <span className="cut">{text}</span>;
  return (
    <Tag tone={tone} dot={dot}>
      {text}
    </Tag>
  );
}
