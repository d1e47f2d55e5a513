import type { SetupState } from "./queries";

export type StepName = "number" | "catalog" | "message" | "draft" | "confirm";

export interface GuideStep {
  name: StepName;
  isDone: boolean;
}

/** What is to be done until the first confirmed order, in the order in which one does it. */
export function stepsOf(setup: SetupState): GuideStep[] {
  return [
    { name: "number", isDone: setup.has_channel },
    { name: "catalog", isDone: setup.has_products },
    { name: "message", isDone: setup.has_conversations },
    { name: "draft", isDone: setup.has_drafts },
    { name: "confirm", isDone: setup.has_confirmed_order },
  ];
}

/** Whether a business is so new that its people begin with the guide. */
export function isNew(setup: SetupState): boolean {
  return stepsOf(setup).some((step) => !step.isDone);
}
