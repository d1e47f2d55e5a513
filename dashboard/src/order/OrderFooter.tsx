import { Alert, Button, Group, List, Text } from "@mantine/core";
import { IconCheck, IconTruckDelivery } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Keys } from "@/app/HelpSheet";
import { useFormat } from "@/i18n/format";
import { useMayWrite } from "@/session/session";
import { CancelButton } from "./CancelButton";
import type { Decision, Obstacle } from "./decisions";
import classes from "./Order.module.css";
import { firstOpenLine, type Order } from "./order";
import { PaymentNote } from "./PaymentNote";
import { RejectMenu } from "./RejectMenu";

interface Props {
  order: Order;
  isBusy: boolean;
  /** Why the last decision did not go through. */
  trouble: { message: string; obstacles: readonly Obstacle[] } | null;
  rejecting: boolean;
  onRejecting: (opened: boolean) => void;
  onDecide: (decision: Decision) => void;
  onShowLine: (lineId: number) => void;
  told: ReactNode;
}

/** The decision: it stays in sight. */
export function OrderFooter(props: Props) {
  const { order, trouble, told } = props;
  const mayWrite = useMayWrite();
  return (
    <footer className={classes.footer}>
      {trouble && <Trouble {...trouble} order={order} onShowLine={props.onShowLine} />}
      {told}
      <PaymentNote order={order} />
      {mayWrite && order.status === "draft" && <DraftButtons {...props} />}
      {mayWrite && order.status === "confirmed" && <ConfirmedButtons {...props} />}
    </footer>
  );
}

function DraftButtons({ order, isBusy, rejecting, onRejecting, onDecide }: Props) {
  const { t } = useTranslation("order");
  const format = useFormat();
  const open = firstOpenLine(order);
  return (
    <Group gap={8} wrap="nowrap">
      <Button
        flex={1}
        loading={isBusy}
        px={10}
        fz={13.5}
        leftSection={<IconCheck size={17} aria-hidden />}
        rightSection={
          <span className={classes.keys}>
            <Keys of="mod+enter" />
          </span>
        }
        variant={open ? "light" : "filled"}
        onClick={() => onDecide({ kind: "confirm" })}
      >
        {t("confirm.button", { total: format.money(order.total_amount, order.currency) })}
      </Button>
      <RejectMenu
        opened={rejecting}
        onOpened={onRejecting}
        isBusy={isBusy}
        onReject={(code, reason) => onDecide({ kind: "reject", code, reason })}
      />
    </Group>
  );
}

function ConfirmedButtons({ isBusy, onDecide }: Props) {
  const { t } = useTranslation("order");
  return (
    <Group gap={8} wrap="nowrap">
      <Button
        flex={1}
        loading={isBusy}
        leftSection={<IconTruckDelivery size={17} aria-hidden />}
        onClick={() => onDecide({ kind: "fulfill" })}
      >
        {t("fulfill.button")}
      </Button>
      <CancelButton isBusy={isBusy} onCancel={(reason) => onDecide({ kind: "cancel", reason })} />
    </Group>
  );
}

function Trouble({
  message,
  obstacles,
  order,
  onShowLine,
}: NonNullable<Props["trouble"]> & Pick<Props, "order" | "onShowLine">) {
  const names = new Map(order.lines.map((line) => [line.id, line.title || line.text]));
  return (
    <Alert color="red" p={10} mb={8} role="alert" title={message}>
      {obstacles.length > 0 && (
        <List size="sm" spacing={2}>
          {obstacles.map(({ lineId, message: point }) => (
            <List.Item key={`${lineId} ${point}`}>
              {lineId !== null && names.has(lineId) ? (
                <Button size="compact-xs" variant="subtle" color="red" onClick={() => onShowLine(lineId)}>
                  {names.get(lineId)}
                </Button>
              ) : null}
              <Text span fz={12.5}>
                {point}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
