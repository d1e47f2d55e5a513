import { ActionIcon, Group, Modal, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDownload, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Schema } from "@/api/client";
import classes from "./Picture.module.css";

const WIDEST = 280;
const HIGHEST = 320;

/** A picture, small, in the room that it will need; a click shows all of it. */
export function Picture({ media, caption }: { media: Schema<"MediaOut">; caption: string }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const address = `/media/${media.id}`;
  const label = caption || t("thread:picture.label");
  const isSticker = media.kind === "sticker";
  return (
    <>
      <UnstyledButton
        className={classes.frame}
        style={roomFor(media, isSticker)}
        onClick={open}
        aria-label={t("thread:picture.open", { label })}
      >
        <img
          className={classes.small}
          src={media.has_thumbnail && !isSticker ? `${address}/thumbnail` : address}
          alt={label}
          decoding="async"
          data-sticker={isSticker || undefined}
        />
      </UnstyledButton>
      <Modal.Root opened={opened} onClose={close} fullScreen padding={0} transitionProps={{ duration: 120 }}>
        <Modal.Content aria-label={label} classNames={{ content: classes.dark }}>
          <Modal.Body className={classes.view}>
            <Group className={classes.tools} gap="xs">
              <ActionIcon
                component="a"
                href={address}
                download
                variant="default"
                size={40}
                aria-label={t("thread:file.download")}
              >
                <IconDownload size={20} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                size={40}
                onClick={close}
                aria-label={t("thread:picture.close")}
                data-autofocus
              >
                <IconX size={20} />
              </ActionIcon>
            </Group>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape and the button close it, too */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
            <div className={classes.stage} onClick={close}>
              <img src={address} alt={label} className={classes.large} />
            </div>
            {caption && <p className={classes.caption}>{caption}</p>}
          </Modal.Body>
        </Modal.Content>
      </Modal.Root>
    </>
  );
}

function roomFor({ width, height }: Schema<"MediaOut">, isSticker: boolean): { width: number; height: number } {
  if (isSticker) return { width: 128, height: 128 };
  if (!width || !height) return { width: 240, height: 180 };
  const scale = Math.min(WIDEST / width, HIGHEST / height, 1);
  return { width: Math.max(120, Math.round(width * scale)), height: Math.max(80, Math.round(height * scale)) };
}
