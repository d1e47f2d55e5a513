import rows from "./template.csv?raw";

/** A catalogue file that shows how to write one's own, in a business's currency. */
export function templateFile(currency: string): File {
  return new File([rows.replaceAll(" INR,", ` ${currency},`)], "catalog-template.csv", { type: "text/csv" });
}
