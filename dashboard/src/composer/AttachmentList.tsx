import { CloseButton, Progress, Text } from "@mantine/core";
import { IconAlertCircle, IconFile, IconMusic, IconVideo } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/i18n/format";
import { sizeOf } from "@/thread/FilePart";
import classes from "./AttachmentList.module.css";
import type { Attachment } from "./drafts";
import { detach } from "./upload";

const ICONS = { image: IconFile, document: IconFile, audio: IconMusic, video: IconVideo };

/** The files that will be sent, and how far each has come. */
export function AttachmentList(props: { conversationId: number; attachments: readonly Attachment[] }) {
  const { t } = useTranslation();
  if (props.attachments.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t("composer:file.list")}>
      {props.attachments.map((it) => (
        <Item key={it.key} attachment={it} remove={() => detach(props.conversationId, it.key)} />
      ))}
    </ul>
  );
}

function Item({ attachment: it, remove }: { attachment: Attachment; remove: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const KindIcon = ICONS[it.kind];
  return (
    <li className={classes.item} data-wrong={it.error ? true : undefined}>
      {it.preview ? <img src={it.preview} alt="" className={classes.preview} /> : <KindIcon size={24} aria-hidden />}
      <span className={classes.words}>
        <span className={classes.name}>{it.name}</span>
        {it.error ? (
          <Text span size="xs" role="alert" className={classes.error} title={it.error}>
            <IconAlertCircle size={13} aria-hidden /> {it.error}
          </Text>
        ) : (
          <Text span size="xs">
            {sizeOf(it.size, format.number)}
          </Text>
        )}
        {!it.error && it.mediaId === undefined && (
          <Progress value={it.progress * 100} size={3} aria-label={t("composer:file.progress", { name: it.name })} />
        )}
      </span>
      <CloseButton size="sm" aria-label={t("composer:file.remove", { name: it.name })} onClick={remove} />
    </li>
  );
}
