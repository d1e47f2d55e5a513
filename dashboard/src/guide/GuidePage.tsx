import { Button, Paper, Progress, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconConfetti } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { Failure } from "@/app/Failure";
import { Page } from "@/app/Page";
import { useBusiness } from "@/session/session";
import { CatalogStep } from "./CatalogStep";
import { ConfirmStep } from "./ConfirmStep";
import { DraftStep } from "./DraftStep";
import { dismiss } from "./dismissal";
import { MessageStep } from "./MessageStep";
import { NumberStep } from "./NumberStep";
import { type SetupState, setupQuery } from "./queries";
import { Step } from "./Step";
import { stepsOf } from "./steps";

const CONTENTS = {
  number: NumberStep,
  catalog: CatalogStep,
  message: MessageStep,
  draft: DraftStep,
  confirm: ConfirmStep,
};

/** From the first login to the first confirmed order, step by step; each ticks by itself when it is done. */
export function Component() {
  const { t } = useTranslation("guide");
  const navigate = useNavigate();
  const setup = useQuery(setupQuery);
  const business = useBusiness();

  function leave() {
    dismiss(business.id);
    void navigate("/inbox");
  }

  return (
    <Page
      title={t("title")}
      actions={
        <Button variant="default" size="sm" onClick={leave}>
          {t("leave")}
        </Button>
      }
    >
      <Stack maw={760} mx="auto" gap="md">
        {setup.isPending && <Skeleton height={400} />}
        {setup.error && <Failure error={setup.error} retry={() => void setup.refetch()} />}
        {setup.data && <Steps setup={setup.data} />}
      </Stack>
    </Page>
  );
}

function Steps({ setup }: { setup: SetupState }) {
  const { t } = useTranslation("guide");
  const steps = stepsOf(setup);
  const done = steps.filter((step) => step.isDone).length;
  const next = steps.find((step) => !step.isDone);
  return (
    <>
      <div>
        <Text size="sm" mb={6} role="status">
          {t("progress", { done, of: steps.length })}
        </Text>
        <Progress value={(100 * done) / steps.length} aria-label={t("title")} />
      </div>
      {!next && <Done hasTeam={setup.has_team} />}
      <Stack component="ol" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
        {steps.map((step, index) => {
          const Content = CONTENTS[step.name];
          return (
            <Step key={step.name} number={index + 1} name={step.name} isDone={step.isDone} isNext={step === next}>
              <Content setup={setup} />
            </Step>
          );
        })}
      </Stack>
    </>
  );
}

function Done({ hasTeam }: { hasTeam: boolean }) {
  const { t } = useTranslation("guide");
  return (
    <Paper withBorder p="lg" ta="center">
      <IconConfetti size={36} aria-hidden />
      <Title order={2} size="h4">
        {t("done.title")}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("done.hint")}
      </Text>
      <Button component={Link} to={hasTeam ? "/inbox" : "/team"}>
        {t(hasTeam ? "done.inbox" : "done.team")}
      </Button>
    </Paper>
  );
}
