import { Button, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "@/app/Failure";
import { Page } from "@/app/Page";
import { InvitationList } from "./InvitationList";
import { InvitePerson } from "./InvitePerson";
import { LinkToShare } from "./LinkToShare";
import { PeopleTable } from "./PeopleTable";
import { type InvitationLink, peopleQuery } from "./queries";

export function Component() {
  const { t } = useTranslation("team");
  const people = useQuery(peopleQuery);
  const [inviting, invite] = useDisclosure(false);
  const [link, setLink] = useState<InvitationLink | null>(null);
  return (
    <Page
      title={t("title")}
      actions={
        <Button leftSection={<IconUserPlus size={16} />} onClick={invite.open}>
          {t("invite")}
        </Button>
      }
    >
      <Stack gap="lg" maw={960}>
        <Text size="sm" c="dimmed">
          {t("roles")}
        </Text>
        {people.isPending && <Skeleton height={160} />}
        {people.error && <Failure error={people.error} retry={() => void people.refetch()} />}
        {people.data && <PeopleTable people={people.data} onLink={setLink} />}
        <section>
          <Title order={2} size="h5" mb="xs">
            {t("links")}
          </Title>
          <InvitationList />
        </section>
      </Stack>
      {inviting && (
        <InvitePerson
          onClose={invite.close}
          onLink={(made) => {
            invite.close();
            setLink(made);
          }}
        />
      )}
      {link && <LinkToShare link={link} onClose={() => setLink(null)} />}
    </Page>
  );
}
