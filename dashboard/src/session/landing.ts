import { queries } from "@/api/queries";
import { isDismissed } from "@/guide/dismissal";
import { setupQuery } from "@/guide/queries";
import { isNew } from "@/guide/steps";
import { currentBusiness } from "./session";

/** Where a person begins who did not ask for a page: a new business's people with the guide, others at home. */
export async function landing(): Promise<string> {
  const business = await queries.fetchQuery(currentBusiness);
  if (isDismissed(business.id)) return "/";
  return isNew(await queries.fetchQuery(setupQuery)) ? "/guide" : "/";
}
