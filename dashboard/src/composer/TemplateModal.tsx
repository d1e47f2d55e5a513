import { Badge, Button, Group, Loader, Modal, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowLeft, IconSearch, IconTemplate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "@/app/Empty";
import { Failure } from "@/app/Failure";
import { PHONE } from "@/app/Navigation";
import type { Conversation } from "@/inbox/queries";
import { type Template, templates } from "./queries";
import { TemplateForm } from "./TemplateForm";
import classes from "./TemplateModal.module.css";

/** Choose a template, fill it in, see it as the customer will, and send it. */
export function TemplateModal({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Template | null>(null);
  const onPhone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  return (
    <Modal opened onClose={onClose} size="xl" fullScreen={onPhone} title={t("composer:template.title")}>
      {chosen ? (
        <>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconArrowLeft size={16} />}
            onClick={() => setChosen(null)}
          >
            {t("composer:template.others")}
          </Button>
          <TemplateForm key={chosen.id} conversation={conversation} template={chosen} onSent={onClose} />
        </>
      ) : (
        <Choice conversation={conversation} choose={setChosen} />
      )}
    </Modal>
  );
}

function Choice({ conversation, choose }: { conversation: Conversation; choose: (template: Template) => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const { data, error, refetch } = useQuery(templates(conversation.channel_id));
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loader aria-label="…" />;
  if (data.length === 0) {
    return (
      <Empty icon={IconTemplate} title={t("composer:template.none")}>
        <Text c="dimmed">{t("composer:template.teach")}</Text>
        <Button component={Link} to="/settings/templates" variant="light">
          {t("composer:template.settings")}
        </Button>
      </Empty>
    );
  }
  const found = data.filter((it) => fits(it, words));
  return (
    <>
      <TextInput
        type="search"
        data-autofocus
        leftSection={<IconSearch size={16} aria-hidden />}
        aria-label={t("composer:template.search")}
        placeholder={t("composer:template.search")}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <ul className={classes.list}>
        {found.map((it) => (
          <li key={it.id}>
            <Item template={it} conversation={conversation} choose={() => choose(it)} />
          </li>
        ))}
      </ul>
      {found.length === 0 && <Text c="dimmed">{t("composer:template.noneFits")}</Text>}
    </>
  );
}

function Item(props: { template: Template; conversation: Conversation; choose: () => void }) {
  const { t } = useTranslation();
  const { template: it, conversation } = props;
  const unwanted = conversation.opted_out && it.category === "MARKETING";
  const unsupported = it.unsupported.length > 0;
  return (
    <UnstyledButton className={classes.item} disabled={unwanted || unsupported} onClick={props.choose}>
      <Group gap={8}>
        <Text fw={600} size="sm">
          {it.name}
        </Text>
        <Badge size="sm" variant="light" tt="none">
          {it.language}
        </Badge>
        <Badge size="sm" variant="default" tt="none">
          {t(`composer:template.category.${it.category}`, { defaultValue: it.category })}
        </Badge>
      </Group>
      <Text className={classes.words}>{bodyOf(it)}</Text>
      {unwanted && <Text className={classes.why}>{t("composer:template.unwanted")}</Text>}
      {unsupported && <Text className={classes.why}>{t("composer:template.unsupported")}</Text>}
    </UnstyledButton>
  );
}

function fits(template: Template, words: string): boolean {
  const text = `${template.name.replaceAll("_", " ")} ${template.name} ${bodyOf(template)}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function bodyOf(template: Template): string {
  const parts = template.components as { type?: string; text?: string }[];
  return parts.find((part) => part.type?.toUpperCase() === "BODY")?.text ?? "";
}
