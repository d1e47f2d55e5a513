import { Alert } from "@mantine/core";
import { ProblemError } from "@/api/problem";
import { explain } from "@/app/notices";
import type { Trouble } from "./queries";
import { TroubleAdvice } from "./TroubleAdvice";

/** Why a number or token was not taken: what Meta said, with what to do, or what the service says. */
export function MetaRefusal({ error }: { error: unknown }) {
  if (!error) return null;
  const trouble = troubleOf(error);
  if (trouble) return <TroubleAdvice trouble={trouble} />;
  return (
    <Alert color="red" role="alert">
      {explain(error)}
    </Alert>
  );
}

function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof ProblemError) || error.kind !== "refused-by-meta") return null;
  const { trouble } = error.body;
  return typeof trouble === "object" && trouble !== null && "meaning" in trouble ? (trouble as Trouble) : null;
}
