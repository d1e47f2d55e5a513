import { type ReactNode, useId } from "react";
import classes from "./Customer.module.css";

interface Props {
  title: string;
  /** How many there are. */
  count?: number;
  action?: ReactNode;
  children: ReactNode;
}

export function Section({ title, count, action, children }: Props) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <h3 id={id}>
          {title}
          {count !== undefined && count > 0 && <span className={classes.count}> {count}</span>}
        </h3>
        {action}
      </div>
      {children}
    </section>
  );
}
