import { Paper, SimpleGrid, Skeleton, Text } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { useBusiness } from "@/session/session";
import classes from "./analytics.module.css";
import { before, daysOf, growth, type Period } from "./period";
import { draftsQuery, messagesQuery, ordersQuery, responsesQuery } from "./queries";
import { useDuration } from "./useDuration";

interface Tile {
  name: string;
  value: string;
  grown: number | null;
  /** Whether less is better, as with waiting. */
  lessIsBetter?: boolean;
}

/** The numbers that matter, each beside that of as many days before. */
export function Tiles({ period }: { period: Period }) {
  const { t } = useTranslation("analytics");
  const tiles = useTiles(period);
  if (!tiles) return <Skeleton height={96} />;
  const days = daysOf(period);
  return (
    <SimpleGrid component="dl" cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm" m={0}>
      {tiles.map((tile) => (
        <Paper key={tile.name} withBorder p="sm">
          <Text component="dt" size="xs" c="dimmed">
            {t(`tile.${tile.name}`)}
          </Text>
          <Text component="dd" m={0} fz={22} fw={600}>
            {tile.value}
          </Text>
          <Text component="dd" m={0} size="xs" c="dimmed">
            {tile.grown === null ? t("noComparison", { count: days }) : <Growth tile={tile} days={days} />}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

function Growth({ tile: { grown, lessIsBetter = false }, days }: { tile: Tile; days: number }) {
  const { t } = useTranslation("analytics");
  const format = useFormat();
  const by = grown ?? 0;
  const isGood = by === 0 || by > 0 !== lessIsBetter;
  return (
    <>
      <span className={isGood ? classes.good : classes.bad}>
        {by >= 0 ? "▲" : "▼"} {format.percent(Math.abs(by))}
      </span>{" "}
      {t("before", { count: days })}
    </>
  );
}

function useTiles(period: Period): Tile[] | null {
  const format = useFormat();
  const duration = useDuration();
  const { currency } = useBusiness();
  const then = before(period);
  const [messages, messagesThen, waits, waitsThen] = useQueries({
    queries: [messagesQuery(period), messagesQuery(then), responsesQuery(period), responsesQuery(then)],
  });
  const [drafts, draftsThen, orders, ordersThen] = useQueries({
    queries: [draftsQuery(period), draftsQuery(then), ordersQuery(period), ordersQuery(then)],
  });
  if (!messages.data || !waits.data || !drafts.data || !orders.data) return null;
  const said = (of: typeof messages.data | undefined) => of && of.received + of.sent;
  const sold = (of: typeof orders.data | undefined) => of?.currencies.find((each) => each.currency === currency);
  const share = drafts.data.accuracy.unchanged_share;
  const [now, old] = [sold(orders.data), sold(ordersThen.data)];
  return [
    {
      name: "messages",
      value: format.number(said(messages.data) ?? 0),
      grown: growth(said(messages.data), said(messagesThen.data)),
    },
    {
      name: "response",
      value: duration(waits.data.median_seconds),
      grown: growth(waits.data.median_seconds, waitsThen.data?.median_seconds),
      lessIsBetter: true,
    },
    {
      name: "drafts",
      value: format.number(drafts.data.proposed),
      grown: growth(drafts.data.proposed, draftsThen.data?.proposed),
    },
    {
      name: "unchanged",
      value: share === null ? "–" : format.percent(share),
      grown: growth(share, draftsThen.data?.accuracy.unchanged_share),
    },
    { name: "orders", value: format.number(now?.orders ?? 0), grown: growth(now?.orders ?? 0, old?.orders) },
    {
      name: "revenue",
      value: format.money(now?.revenue_minor ?? 0),
      grown: growth(now?.revenue_minor ?? 0, old?.revenue_minor),
    },
  ];
}
