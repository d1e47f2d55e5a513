import { Center, Loader } from "@mantine/core";

/** What stands where a page is still loading. */
export function Waiting() {
  return (
    <Center h="100%" mih={200}>
      <Loader aria-label="…" />
    </Center>
  );
}
