import { Anchor, Button, Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Failure } from "@/app/Failure";
import { useFormat } from "@/i18n/format";
import classes from "./catalog.module.css";
import { type Movement, useMovements } from "./queries";

/** What moved a stock, the latest first. */
export function Movements({ variantId }: { variantId: number }) {
  const { t } = useTranslation("catalog");
  const movements = useMovements(variantId);
  if (movements.error) return <Failure error={movements.error} retry={() => void movements.refetch()} />;
  if (!movements.data) return <Skeleton height={80} mt="xs" />;
  if (!movements.data.length) {
    return (
      <Text size="sm" c="dimmed">
        {t("noMovements")}
      </Text>
    );
  }
  return (
    <ul className={classes.movements}>
      {movements.data.map((movement) => (
        <MovementRow key={movement.id} movement={movement} />
      ))}
      {movements.hasNextPage && (
        <li>
          <Button
            size="compact-sm"
            variant="subtle"
            loading={movements.isFetchingNextPage}
            onClick={() => void movements.fetchNextPage()}
          >
            {t("older")}
          </Button>
        </li>
      )}
    </ul>
  );
}

function MovementRow({ movement }: { movement: Movement }) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  const delta = Number(movement.delta);
  return (
    <li className={classes.movement}>
      <Text span size="sm" fw={600} c={delta < 0 ? "red" : "teal"}>
        {delta > 0 ? "+" : ""}
        {format.number(delta)}
      </Text>
      <span>
        {t(`movement.${movement.kind}`)}
        {movement.order_id && (
          <>
            {" "}
            <Anchor size="sm" component={Link} to={`/orders/${movement.order_id}`}>
              #{movement.order_id}
            </Anchor>
          </>
        )}
        {movement.reason && <> · {movement.reason}</>}
      </span>
      <Text span size="xs" c="dimmed">
        {format.dateTime(movement.created_at)}
      </Text>
    </li>
  );
}
