import { Alert, Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { Unreachable } from "@/api/problem";
import { Brand } from "@/app/Brand";
import { isLoggedOut, logIn } from "./session";

export function Component() {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const navigate = useNavigate();
  const from = (useLocation().state as { from?: string } | null)?.from ?? "/";
  const login = useMutation({
    mutationFn: () => logIn(email, password),
    onSuccess: () => navigate(from, { replace: true }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    login.mutate();
  }

  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper component="form" onSubmit={submit} w={380} maw="100%" p="xl" radius="md" withBorder shadow="sm">
        <Stack>
          <Brand />
          <Title order={1} size="h3">
            {t("login.title")}
          </Title>
          {login.error && <Alert color="red">{explain(login.error, t)}</Alert>}
          <TextInput
            label={t("login.email")}
            type="email"
            autoComplete="username"
            required
            data-autofocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t("login.password")}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={login.isPending}>
            {t("login.submit")}
          </Button>
        </Stack>
      </Paper>
    </Center>
  );
}

function explain(error: Error, t: (key: string) => string): string {
  if (isLoggedOut(error)) return t("login.wrong");
  return error instanceof Unreachable ? t("error.unreachable") : error.message;
}
