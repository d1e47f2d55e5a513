import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { CatalogList } from "./CatalogList";

const ImportPage = lazy(() => import("./importing/ImportPage"));

export function Component() {
  const { productId } = useParams();
  if (productId === "import") {
    return (
      <Suspense>
        <ImportPage />
      </Suspense>
    );
  }
  const id = Number(productId);
  return <CatalogList productId={Number.isSafeInteger(id) && id > 0 ? id : undefined} />;
}
