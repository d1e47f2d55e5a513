import { Button, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSend } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import { Failure } from "@/app/Failure";
import type { Conversation } from "@/inbox/queries";
import { type Outgoing, send } from "./outbox";
import { preview, type Template } from "./queries";
import classes from "./TemplateModal.module.css";
import { TemplateVariable } from "./TemplateVariable";

interface FormProps {
  conversation: Conversation;
  template: Template;
  onSent: () => void;
}

/** A template's variables, and beside them what the customer would see. */
export function TemplateForm({ conversation, template, onSent }: FormProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [values, setValues] = useState(() => firstValues(template, conversation));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [settled] = useDebouncedValue(values, 200);
  const { data, error, refetch } = useQuery(preview(template.id, given(settled)));
  const isCurrent = settled === values;
  const problems = new Map(data?.problems.map((it) => [it.key, it.detail]));

  function submit() {
    if (!data?.components || !isCurrent) return;
    const body: Outgoing = {
      conversation_id: conversation.id,
      type: "template",
      content: {
        name: template.name,
        language: { code: template.language },
        components: data.components as Schema<"TemplateContent">["components"],
      },
    };
    send(queries, conversation.id, body, { type: "template", text: data.shown.body, replyToId: null });
    onSent();
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        {template.variables.length === 0 && <Text size="sm">{t("composer:template.noVariables")}</Text>}
        {template.variables.map((variable) => (
          <TemplateVariable
            key={variable.key}
            variable={variable}
            value={values[variable.key] ?? ""}
            problem={touched.has(variable.key) ? problems.get(variable.key) : undefined}
            onChange={(value) => {
              setValues((now) => ({ ...now, [variable.key]: value }));
              setTouched((now) => new Set(now).add(variable.key));
            }}
          />
        ))}
        {error && <Failure error={error} retry={() => void refetch()} />}
        <Button type="submit" leftSection={<IconSend size={16} />} disabled={!data?.components || !isCurrent}>
          {t("composer:template.send")}
        </Button>
      </Stack>
      {data && <Seen shown={data.shown} />}
    </form>
  );
}

/** A template as the customer sees it. */
function Seen({ shown }: { shown: Schema<"RenderedOut"> }) {
  const { t } = useTranslation();
  const isFile = shown.header_format !== null && shown.header_format !== "TEXT";
  return (
    <section className={classes.seen} aria-label={t("composer:template.preview")} aria-live="polite">
      <div className={classes.bubble}>
        {isFile && <Text className={classes.footer}>[{shown.header_format?.toLowerCase()}]</Text>}
        {shown.header && <Text fw={600}>{shown.header}</Text>}
        {shown.body}
        {shown.footer && <Text className={classes.footer}>{shown.footer}</Text>}
      </div>
      {shown.buttons.map((button) => (
        <div key={button.text + button.type} className={classes.button}>
          {button.text}
        </div>
      ))}
      {shown.cards.map((card) => (
        <Seen key={card.body} shown={card} />
      ))}
    </section>
  );
}

/** What is already known: her name, where the template asks for one. */
function firstValues(template: Template, { customer }: Conversation): Record<string, string> {
  const name = customer.name || customer.profile_name;
  const asked = template.variables.filter((it) => it.kind === "text" && /^(customer_?)?(first_?)?name$/i.test(it.name));
  return name ? Object.fromEntries(asked.map((it) => [it.key, name])) : {};
}

/** What has not been filled in is missing, not empty. */
function given(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}
