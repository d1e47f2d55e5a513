import { Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/Failure";
import { Addresses } from "./Addresses";
import { Chats } from "./Chats";
import classes from "./Customer.module.css";
import { Notes } from "./Notes";
import { Orders } from "./Orders";
import { Profile } from "./Profile";
import { customerQuery } from "./queries";
import { Tags } from "./Tags";

interface Props {
  customerId: number;
  /** The chat beside which she is shown: notes are kept there. */
  conversationId?: number;
}

/** Who a customer is, what she bought, where it went, and what the team knows of her. */
export function CustomerSidebar({ customerId, conversationId }: Props) {
  const { data: customer, error, refetch } = useQuery(customerQuery(customerId));
  if (error && !customer) return <Failure error={error} retry={() => void refetch()} />;
  if (!customer) return <Waiting />;
  return (
    <div className={classes.sidebar}>
      <Profile customer={customer} />
      <Tags customer={customer} />
      <Notes key={customerId} customerId={customerId} conversationId={conversationId} />
      <Orders customer={customer} />
      <Addresses customer={customer} />
      <Chats customer={customer} shown={conversationId} />
    </div>
  );
}

function Waiting() {
  return (
    <Stack p="md" gap="sm" aria-busy>
      <Skeleton height={48} circle />
      <Skeleton height={20} width="60%" />
      <Skeleton height={60} />
      <Skeleton height={120} />
    </Stack>
  );
}
