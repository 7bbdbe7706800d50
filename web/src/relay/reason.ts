import { useWorkspace, type ProcessDef } from "@/api";
import { useText } from "@/i18n/use-text";

/** A reason of the list in the reader's language; any other as it was written. */
export function useReasonText() {
  const { label } = useText();
  const { process } = useWorkspace();
  return (object: string, reason: string | null | undefined): string => {
    if (!reason) return "";
    return label(known(process(object), reason)) || reason;
  };
}

function known(process: ProcessDef | undefined, reason: string) {
  return process?.return_reasons.find((one) => one.zh === reason || one.en === reason);
}
