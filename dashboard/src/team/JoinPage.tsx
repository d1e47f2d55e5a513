import { Alert, Anchor, Button, PasswordInput, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { answer, type Schema, service } from "@/api/client";
import { queries } from "@/api/queries";
import { fieldErrors } from "@/app/fieldErrors";
import { explain } from "@/app/notices";
import { Doorstep } from "@/session/Doorstep";

/** Where a person who was invited, or forgot her password, comes in by her link. */
export function Component() {
  const { t } = useTranslation("team");
  const { token = "" } = useParams();
  const look = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => answer(service.POST("/invitations/look", { body: { token } })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Doorstep>
      {look.isPending && <Skeleton height={200} />}
      {look.error && (
        <>
          <Title order={1} size="h3">
            {t("join.notGood")}
          </Title>
          <Alert color="red">{explain(look.error)}</Alert>
          <Text size="sm">{t("join.askAgain")}</Text>
          <Anchor component={Link} to="/login">
            {t("join.login")}
          </Anchor>
        </>
      )}
      {look.data && <Join token={token} welcome={look.data} />}
    </Doorstep>
  );
}

function Join({ token, welcome }: { token: string; welcome: Schema<"InvitationWelcome"> }) {
  const { t } = useTranslation("team");
  const navigate = useNavigate();
  const [name, setName] = useState(welcome.name);
  const [password, setPassword] = useState("");
  const isNew = welcome.kind === "join";
  const join = useMutation({
    mutationFn: () =>
      answer(
        service.POST("/invitations/accept", {
          body: { token, password, cookie: true, ...(isNew ? { name: name.trim() } : {}) },
        }),
      ),
    onSuccess: () => {
      queries.clear();
      return navigate("/", { replace: true });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    join.mutate();
  }

  return (
    <Stack component="form" onSubmit={submit}>
      <Title order={1} size="h3">
        {t(isNew ? "join.title" : "join.resetTitle", { business: welcome.business })}
      </Title>
      <Text size="sm">{t(isNew ? "join.hint" : "join.resetHint", { role: t(`is.${welcome.role}`) })}</Text>
      {join.error && <Alert color="red">{explain(join.error)}</Alert>}
      <TextInput label={t("email")} value={welcome.email} readOnly autoComplete="username" />
      {isNew && (
        <TextInput
          label={t("name")}
          required
          maxLength={200}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <PasswordInput
        label={t("join.password")}
        description={t("join.passwordHint")}
        required
        minLength={10}
        maxLength={200}
        autoComplete="new-password"
        value={password}
        error={fieldErrors(join.error).password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" loading={join.isPending}>
        {t(isNew ? "join.submit" : "join.resetSubmit")}
      </Button>
    </Stack>
  );
}
