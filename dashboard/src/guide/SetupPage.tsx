import {
  Alert,
  Anchor,
  Button,
  NativeSelect,
  PasswordInput,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { answer, service } from "@/api/client";
import { ProblemError } from "@/api/problem";
import { queries } from "@/api/queries";
import { Failure } from "@/app/Failure";
import { fieldErrors } from "@/app/fieldErrors";
import { explain, tellError } from "@/app/notices";
import { currentLanguage, LANGUAGES, type Language, speak } from "@/i18n";
import { Doorstep } from "@/session/Doorstep";
import { needQuery } from "@/session/need";
import { RegionFields } from "@/settings/business/RegionFields";
import { regionHere } from "@/settings/business/region";

/** Where the very first person makes her business, with the code that the service printed when it started. */
export function Component() {
  const { t } = useTranslation("guide");
  const need = useQuery(needQuery);
  return (
    <Doorstep wide>
      <Title order={1} size="h3">
        {t("setup.title")}
      </Title>
      {need.isPending && <Skeleton height={300} />}
      {need.error && <Failure error={need.error} retry={() => void need.refetch()} />}
      {need.data && !need.data.needed && (
        <>
          <Text size="sm">{t("setup.notNeeded")}</Text>
          <Anchor component={Link} to="/login">
            {t("setup.login")}
          </Anchor>
        </>
      )}
      {need.data?.needed && <SetupForm />}
    </Doorstep>
  );
}

const EMPTY = { code: "", business: "", name: "", email: "", password: "" };

function SetupForm() {
  const { t } = useTranslation("guide");
  const { code = "" } = useParams();
  const [typed, setTyped] = useState({ ...EMPTY, code });
  const [region, setRegion] = useState(regionHere);
  const setUp = useSetUp(typed, region);
  const errors = fieldErrors(setUp.error);
  const type = (change: Partial<typeof EMPTY>) => setTyped({ ...typed, ...change });

  function submit(event: FormEvent) {
    event.preventDefault();
    setUp.mutate();
  }

  return (
    <Stack component="form" gap="sm" onSubmit={submit}>
      <NativeSelect
        label={t("setup.language")}
        value={currentLanguage()}
        onChange={(event) => void speak(event.currentTarget.value as Language).catch(tellError)}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      />
      <TextInput
        label={t("setup.code")}
        description={t("setup.codeHint")}
        placeholder="ABCD-EFGH-JKLM"
        required
        data-autofocus={!code || undefined}
        autoComplete="one-time-code"
        value={typed.code}
        error={isWrongCode(setUp.error) ? t("setup.wrongCode") : errors.code}
        onChange={(event) => type({ code: event.currentTarget.value })}
      />
      <TextInput
        label={t("setup.business")}
        placeholder="Kiran Sarees"
        required
        maxLength={200}
        autoComplete="organization"
        value={typed.business}
        error={errors["business.name"]}
        onChange={(event) => type({ business: event.currentTarget.value })}
      />
      <RegionFields
        values={region}
        errors={regionErrors(errors)}
        onChange={(change) => setRegion({ ...region, ...change })}
      />
      <Person typed={typed} errors={errors} onChange={type} />
      {setUp.error && !isWrongCode(setUp.error) && <Alert color="red">{explain(setUp.error)}</Alert>}
      <Button type="submit" loading={setUp.isPending}>
        {t("setup.submit")}
      </Button>
    </Stack>
  );
}

interface PersonProps {
  typed: typeof EMPTY;
  errors: Record<string, string>;
  onChange: (change: Partial<typeof EMPTY>) => void;
}

function Person({ typed, errors, onChange }: PersonProps) {
  const { t } = useTranslation("guide");
  return (
    <>
      <TextInput
        label={t("setup.name")}
        required
        maxLength={200}
        autoComplete="name"
        value={typed.name}
        error={errors["admin.name"]}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t("setup.email")}
        type="email"
        required
        autoComplete="username"
        value={typed.email}
        error={errors["admin.email"]}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
      />
      <PasswordInput
        label={t("setup.password")}
        description={t("setup.passwordHint")}
        required
        minLength={10}
        maxLength={200}
        autoComplete="new-password"
        value={typed.password}
        error={errors["admin.password"]}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
      />
    </>
  );
}

function useSetUp(typed: typeof EMPTY, region: ReturnType<typeof regionHere>) {
  const navigate = useNavigate();
  const { code, business, name, email, password } = typed;
  return useMutation({
    mutationFn: () =>
      answer(
        service.POST("/setup", {
          body: {
            code,
            business: { name: business, ...region },
            admin: { name, email, password, language: currentLanguage() },
            cookie: true,
          },
        }),
      ),
    onSuccess: () => {
      queries.clear();
      return navigate("/guide", { replace: true });
    },
  });
}

function isWrongCode(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 403;
}

function regionErrors(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([field, detail]) => [field.replace("business.", ""), detail]));
}
