import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DetailName } from "./order";

interface Props {
  name: DetailName;
  label: string;
  first: string;
  onCommit: (typed: string) => void;
  onCancel: () => void;
}

const PAYMENTS = ["cod", "upi", "bank", "card"] as const;
const LONG: readonly DetailName[] = ["address", "note"];

/** The field in which a detail is typed. Enter or leaving it keeps it, Escape does not. */
export function DetailInput({ name, label, first, onCommit, onCancel }: Props) {
  const { t } = useTranslation("order");
  const [typed, setTyped] = useState(first);
  const isDone = useRef(false); // a field that goes away loses the focus, too

  function finish(how: () => void) {
    if (!isDone.current) how();
    isDone.current = true;
  }

  const props = {
    size: "xs" as const,
    "aria-label": label,
    autoFocus: true,
    value: typed,
    onBlur: () => finish(() => onCommit(typed)),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Escape") finish(onCancel);
      else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey)
        finish(() => onCommit(typed));
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  function choosePayment(payment: string) {
    finish(() => onCommit(payment));
  }

  if (name === "payment") {
    const data = [
      { value: "", label: t("payment.none") },
      ...PAYMENTS.map((it) => ({ value: it, label: t(`payment.${it}`) })),
    ];
    return <NativeSelect {...props} data={data} onChange={(event) => choosePayment(event.currentTarget.value)} />;
  }
  if (LONG.includes(name)) {
    return <Textarea {...props} autosize minRows={2} onChange={(event) => setTyped(event.currentTarget.value)} />;
  }
  return <TextInput {...props} {...KINDS[name]} onChange={(event) => setTyped(event.currentTarget.value)} />;
}

const KINDS: Partial<Record<DetailName, { type?: string; inputMode?: "tel" | "numeric" }>> = {
  phone: { type: "tel", inputMode: "tel" },
  deliver_on: { type: "date" },
};
