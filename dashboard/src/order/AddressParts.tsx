import { useTranslation } from "react-i18next";
import classes from "./Order.module.css";

/** How the address was understood: house, street, area. */
export function AddressParts({ parts }: { parts: Record<string, unknown> }) {
  const { t } = useTranslation("order");
  const known = Object.entries(parts).filter(([name, value]) => value && !["city", "pincode"].includes(name));
  if (known.length === 0) return null;
  return (
    <dl className={classes.parts}>
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`addressPart.${name}`, { defaultValue: name.replaceAll("_", " ") })}</dt>
          <dd>{String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
