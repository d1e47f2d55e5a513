import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title, useMantineColorScheme } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation, useNavigate } from "react-router";
import { queries } from "@/api/queries";
import { explain } from "@/app/notices";
import { hasSpoken, speak } from "@/i18n";
import { Doorstep } from "./Doorstep";
import { landing } from "./landing";
import { needQuery } from "./need";
import { currentUser, isLoggedOut, logIn } from "./session";

export function Component() {
  const need = useQuery(needQuery);
  if (need.data?.needed) return <Navigate to="/setup" replace />;
  return (
    <Doorstep>
      <LoginForm />
    </Doorstep>
  );
}

function LoginForm() {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const login = useLogin();

  function submit(event: FormEvent) {
    event.preventDefault();
    login.mutate({ email, password });
  }

  return (
    <Stack component="form" onSubmit={submit}>
      <Title order={1} size="h3">
        {t("login.title")}
      </Title>
      {login.error && (
        <Alert color="red" role="alert">
          {isLoggedOut(login.error) ? t("login.wrong") : explain(login.error)}
        </Alert>
      )}
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
      <Text size="xs" c="dimmed">
        {t("guide:login.forgotten")}
      </Text>
    </Stack>
  );
}

/** Log in, and go where the person wanted to, or where she begins. */
function useLogin() {
  const navigate = useNavigate();
  const adopt = useAdoptPreferences();
  const from = (useLocation().state as { from?: string } | null)?.from;
  return useMutation({
    mutationFn: async ({ email, password }: { email: string; password: string }) => {
      await logIn(email, password);
      await adopt();
      return from && from !== "/" ? from : await landing();
    },
    onSuccess: (path) => navigate(path, { replace: true }),
  });
}

/** In a browser that is new to her, the page speaks and looks as a person chose elsewhere. */
function useAdoptPreferences(): () => Promise<void> {
  const { setColorScheme } = useMantineColorScheme();
  return async () => {
    const { language, theme } = await queries.fetchQuery(currentUser);
    if (theme !== "auto" && !localStorage.getItem("mantine-color-scheme-value")) setColorScheme(theme);
    if (language !== "en" && !hasSpoken()) await speak(language);
  };
}
