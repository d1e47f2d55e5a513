import { Badge, Text } from "@mantine/core";
import {
  IconAddressBook,
  IconHandClick,
  IconLink,
  IconList,
  IconMoodSmile,
  IconSpeakerphone,
  IconTemplate,
  IconTrash,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import {
  answersOf,
  choicesOf,
  contactsOf,
  headerOf,
  openerOf,
  placeOf,
  referralOf,
  templateNameOf,
} from "./attributes";
import { Cart } from "./Cart";
import classes from "./Content.module.css";
import { FilePart } from "./FilePart";
import { PlaceCard } from "./PlaceCard";
import type { Message } from "./stretch";
import { Words } from "./Words";

/** What a message says, whatever its kind. */
export function Content({ message: it }: { message: Message }) {
  const { t } = useTranslation();
  if (it.deleted_at) {
    return (
      <Text className={classes.gone} component="p">
        <IconTrash size={15} aria-hidden /> {t("thread:deleted")}
      </Text>
    );
  }
  const place = placeOf(it);
  const isAnswer = it.direction === "inbound" && (it.type === "interactive" || it.type === "button");
  return (
    <>
      <Referral message={it} />
      {it.type === "template" && (
        <Text className={classes.label}>
          <IconTemplate size={14} aria-hidden /> {t("thread:template", { name: templateNameOf(it) })}
        </Text>
      )}
      {isAnswer && (
        <Text className={classes.label}>
          <IconHandClick size={14} aria-hidden /> {t("thread:tapped")}
        </Text>
      )}
      {headerOf(it) && <Text className={classes.header}>{headerOf(it)}</Text>}
      {it.media && <FilePart message={it} media={it.media} />}
      {place && <PlaceCard place={place} />}
      <Contacts message={it} />
      {it.type === "order" && <Cart message={it} />}
      {it.content ? <Words messageId={it.id} text={it.content} /> : <Placeholder message={it} />}
      {typeof it.attributes.description === "string" && (
        <Text className={classes.small}>{it.attributes.description}</Text>
      )}
      <Answers message={it} />
      {typeof it.attributes.footer === "string" && <Text className={classes.small}>{it.attributes.footer}</Text>}
      <Choices message={it} />
    </>
  );
}

/** In place of words, where there is nothing else to see. */
function Placeholder({ message: it }: { message: Message }) {
  const { t } = useTranslation();
  if (it.media || it.attributes.location || it.attributes.contacts || it.attributes.items) return null;
  if (it.type === "reaction") {
    return (
      <Text className={classes.label}>
        <IconMoodSmile size={14} aria-hidden />{" "}
        {t("thread:reaction.apart", { emoji: String(it.attributes.emoji ?? "") })}
      </Text>
    );
  }
  const known = t(`thread:placeholder.${it.type}`, { defaultValue: "" });
  const what = typeof it.attributes.unsupported === "string" ? ` (${it.attributes.unsupported})` : "";
  return <Text className={classes.gone}>{known ? known + what : it.placeholder}</Text>;
}

function Referral({ message }: { message: Message }) {
  const { t } = useTranslation();
  const referral = referralOf(message);
  if (!referral) return null;
  return (
    <div className={classes.card}>
      <Text className={classes.label}>
        <IconSpeakerphone size={14} aria-hidden /> {t("thread:referral")}
      </Text>
      {referral.headline && <Text fw={600}>{referral.headline}</Text>}
      {referral.body && <Text className={classes.small}>{referral.body}</Text>}
    </div>
  );
}

function Contacts({ message }: { message: Message }) {
  return contactsOf(message).map((contact) => (
    <div key={`${contact.name} ${contact.phones.join()}`} className={classes.card}>
      <Text fw={600} className={classes.line}>
        <IconAddressBook size={16} aria-hidden /> {contact.name}
      </Text>
      {contact.phones.map((phone) => (
        <a key={phone} href={`tel:${phone.replace(/[^\d+]/g, "")}`} className={classes.phone}>
          {phone}
        </a>
      ))}
      {contact.others.map((other) => (
        <Text key={other} className={classes.small}>
          {other}
        </Text>
      ))}
    </div>
  ));
}

/** What a customer entered in a form. */
function Answers({ message }: { message: Message }) {
  const answers = answersOf(message);
  if (answers.length === 0) return null;
  return (
    <dl className={classes.answers}>
      {answers.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Choices({ message }: { message: Message }) {
  const { t } = useTranslation();
  const choices = choicesOf(message);
  const opener = openerOf(message);
  const kind = message.attributes.interactive;
  if (choices.length === 0 && !opener) return null;
  return (
    <div className={classes.choices}>
      {opener && (
        <Text className={classes.label}>
          {kind === "list" ? <IconList size={14} aria-hidden /> : <IconLink size={14} aria-hidden />} {opener}
        </Text>
      )}
      <ul aria-label={t("thread:choices")}>
        {choices.map((title) => (
          <li key={title}>
            <Badge variant="default" size="lg" radius="sm" tt="none" fw={500}>
              {title}
            </Badge>
          </li>
        ))}
      </ul>
    </div>
  );
}
