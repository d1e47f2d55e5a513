import { Anchor, Button, Loader, SegmentedControl, Text, ThemeIcon } from "@mantine/core";
import { IconCloudOff, IconDownload, IconFile, IconMicrophone, IconMusic } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import { useFormat } from "@/i18n/format";
import { filenameOf, isVoice } from "./attributes";
import classes from "./FilePart.module.css";
import { Picture } from "./Picture";
import { useFetchAgain } from "./queries";
import type { Message } from "./stretch";

const SPEEDS = ["1", "1.5", "2"];
const KEPT_DAYS = 7; // for so long Meta keeps a customer's file
const DAY = 86_400_000;

/** A message's file: shown or played where a browser can, else offered; or why it is not here. */
export function FilePart({ message, media }: { message: Message; media: Schema<"MediaOut"> }) {
  if (media.state !== "stored") return <Missing message={message} media={media} />;
  if (media.kind === "image" || media.kind === "sticker") return <Picture media={media} caption={message.content} />;
  if (media.kind === "video") return <Video media={media} />;
  if (media.kind === "audio") return <Sound message={message} media={media} />;
  return <Document message={message} media={media} />;
}

function Missing({ message, media }: { message: Message; media: Schema<"MediaOut"> }) {
  const { t } = useTranslation();
  const { mutate, isPending } = useFetchAgain(message.conversation_id);
  const isExpired = Date.now() - Date.parse(media.created_at) > KEPT_DAYS * DAY;
  if (media.state === "pending") {
    return (
      <div className={classes.state} role="status">
        <Loader size={18} />
        <Text size="sm">{t("thread:file.coming", { kind: t(`thread:kind.${media.kind}`) })}</Text>
      </div>
    );
  }
  return (
    <div className={classes.state}>
      <IconCloudOff size={20} aria-hidden />
      <div>
        <Text size="sm">
          {t(isExpired ? "thread:file.expired" : "thread:file.failed", { kind: t(`thread:kind.${media.kind}`) })}
        </Text>
        {media.error && <Text size="xs">{media.error}</Text>}
        {!isExpired && (
          <Button mt={6} size="compact-sm" variant="default" loading={isPending} onClick={() => mutate(media.id)}>
            {t("thread:file.again")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Video({ media }: { media: Schema<"MediaOut"> }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useMediaCaption: customers send none
    <video
      className={classes.video}
      src={`/media/${media.id}`}
      controls
      preload="metadata"
      aria-label={t("thread:kind.video")}
    />
  );
}

/** A voice note or other sound, with its speed; the engine does not hear it. */
function Sound({ message, media }: { message: Message; media: Schema<"MediaOut"> }) {
  const { t } = useTranslation();
  const player = useRef<HTMLAudioElement>(null);
  const [speed, setSpeed] = useState("1");
  const voice = isVoice(message);
  const SoundIcon = voice ? IconMicrophone : IconMusic;
  const play = (at: string) => {
    setSpeed(at);
    if (player.current) player.current.playbackRate = Number(at);
  };
  return (
    <div className={classes.sound}>
      <div className={classes.player}>
        <SoundIcon size={18} aria-hidden />
        {/* biome-ignore lint/a11y/useMediaCaption: customers send none */}
        <audio
          ref={player}
          src={`/media/${media.id}`}
          controls
          controlsList="noplaybackrate"
          preload="metadata"
          aria-label={t(voice ? "thread:kind.voice" : "thread:kind.audio")}
        />
      </div>
      <div className={classes.player}>
        <SegmentedControl
          size="xs"
          aria-label={t("thread:sound.speed")}
          value={speed}
          onChange={play}
          data={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
        />
        {message.direction === "inbound" && <Text size="xs">{t("thread:sound.unheard")}</Text>}
      </div>
    </div>
  );
}

function Document({ message, media }: { message: Message; media: Schema<"MediaOut"> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = filenameOf(message) || t("thread:kind.document");
  return (
    <Anchor href={`/media/${media.id}`} download className={classes.document} underline="never">
      <ThemeIcon variant="light" size={36} aria-hidden>
        <IconFile size={20} />
      </ThemeIcon>
      <span className={classes.naming}>
        <span className={classes.filename}>{name}</span>
        <span className={classes.size}>
          {[ending(name, media.mime_type), media.size && sizeOf(media.size, format.number)].filter(Boolean).join(" · ")}
        </span>
      </span>
      <IconDownload size={18} aria-label={t("thread:file.download")} />
    </Anchor>
  );
}

function ending(name: string, type: string | null): string {
  const found = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? type?.split("/").at(-1) ?? "";
  return found.length < 6 ? found.toUpperCase() : "";
}

/** "1.2 MB" */
export function sizeOf(bytes: number, number: (value: number) => string): string {
  if (bytes < 1024) return `${number(bytes)} B`;
  if (bytes < 1024 * 1024) return `${number(Math.round(bytes / 1024))} KB`;
  return `${number(Math.round((bytes / 1024 / 1024) * 10) / 10)} MB`;
}
