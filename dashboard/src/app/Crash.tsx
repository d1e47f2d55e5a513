import { Container } from "@mantine/core";
import { useRouteError } from "react-router";
import { Failure } from "./Failure";

/** What is shown where a page itself broke: loading it anew is the way out. */
export function Crash() {
  const error = useRouteError();
  return (
    <Container component="main" size="sm" py="xl">
      <Failure error={error} retry={() => window.location.reload()} />
    </Container>
  );
}
