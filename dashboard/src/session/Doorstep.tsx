import { Center, Paper, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Brand } from "@/app/Brand";

/** What stands around the pages before the login. */
export function Doorstep({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper w={wide ? 560 : 400} maw="100%" p="xl" radius="md" withBorder shadow="sm">
        <Stack>
          <Brand />
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
