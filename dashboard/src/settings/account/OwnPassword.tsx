import { Alert, Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, service } from "@/api/client";
import { ProblemError } from "@/api/problem";
import { fieldErrors } from "@/app/fieldErrors";
import { explain, tell } from "@/app/notices";

export function OwnPassword() {
  const { t } = useTranslation("settings");
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () =>
      answer(service.PUT("/users/current/password", { body: { current_password: current, new_password: next } })),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      tell(t("account.passwordChanged"));
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate();
  }

  return (
    <Stack component="form" gap="sm" onSubmit={submit}>
      <Title order={3} size="h5">
        {t("account.password")}
      </Title>
      <Text size="sm" c="dimmed">
        {t("account.passwordHint")}
      </Text>
      {change.error && (
        <Alert color="red">{isWrong(change.error) ? t("account.wrongPassword") : explain(change.error)}</Alert>
      )}
      <PasswordInput
        label={t("account.currentPassword")}
        required
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("account.newPassword")}
        description={t("account.newPasswordHint")}
        required
        minLength={10}
        maxLength={200}
        autoComplete="new-password"
        value={next}
        error={fieldErrors(change.error).new_password}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={change.isPending} disabled={!current || !next} w="fit-content">
        {t("account.changePassword")}
      </Button>
    </Stack>
  );
}

function isWrong(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 403;
}
