import {
  Button,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  useMantineColorScheme,
} from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, type Schema, service } from "@/api/client";
import { tell, tellError } from "@/app/notices";
import { currentLanguage, LANGUAGES, type Language, speak } from "@/i18n";
import { currentUser, useUser } from "@/session/session";

const THEMES = ["light", "dark", "auto"] as const;

/** One's name, and how the page speaks and looks: at once here, and on other devices from the next login. */
export function Preferences() {
  const { t } = useTranslation(["settings", "form", "app"]);
  const user = useUser();
  const [name, setName] = useState(user.name);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const keep = useKeep();

  function submit(event: FormEvent) {
    event.preventDefault();
    keep.mutate({ name: name.trim() }, { onSuccess: () => tell(t("form:saved")) });
  }

  function speakNow(language: Language) {
    speak(language).catch(tellError);
    keep.mutate({ language });
  }

  return (
    <Stack gap="sm">
      <Group component="form" align="flex-end" gap="xs" {...{ onSubmit: submit }}>
        <TextInput
          flex={1}
          label={t("account.name")}
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={keep.isPending}
          disabled={!name.trim() || name.trim() === user.name}
        >
          {t("form:save")}
        </Button>
      </Group>
      <NativeSelect
        label={t("account.language")}
        value={currentLanguage()}
        onChange={(event) => speakNow(event.currentTarget.value as Language)}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      />
      <div>
        <Text size="sm" fw={500} id="appearance">
          {t("account.appearance")}
        </Text>
        <SegmentedControl
          aria-labelledby="appearance"
          value={colorScheme}
          onChange={(value) => {
            const theme = value as (typeof THEMES)[number];
            setColorScheme(theme);
            keep.mutate({ theme });
          }}
          data={THEMES.map((value) => ({ value, label: t(`app:account.scheme.${value}`) }))}
        />
      </div>
    </Stack>
  );
}

function useKeep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<"PreferencesChange">) => answer(service.PATCH("/users/current", { body })),
    onSuccess: (user) => queries.setQueryData(currentUser.queryKey, user),
    onError: tellError,
  });
}
