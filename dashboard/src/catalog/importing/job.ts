import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, type Schema, service } from "@/api/client";
import { useEndless } from "@/api/endless";

export type ImportJob = Schema<"ImportJob">;
export type ImportResult = Schema<"ImportResult">;
export type ImportProblem = Schema<"ImportProblem">;

/** How a file is to be imported. */
export interface Choice {
  preview: boolean;
  skipBadRows: boolean;
  setStock: boolean;
}

export function useBegin() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, choice }: { file: File; choice: Choice }) =>
      answer(
        service.POST("/catalog/import-jobs", {
          params: {
            query: {
              preview: choice.preview,
              on_error: choice.skipBadRows ? "skip" : "reject",
              set_stock: choice.setStock,
            },
          },
          body: { file: file.name },
          bodySerializer: () => formOf(file),
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["catalog_import", "list"] }),
  });
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append("file", file, file.name);
  return form;
}

/** An import as workers have come with it: live changes make it stale. */
export function jobQuery(id: number) {
  return queryOptions({
    queryKey: ["catalog_import", id],
    queryFn: () => answer(service.GET("/catalog/import-jobs/{import_id}", { params: { path: { import_id: id } } })),
    staleTime: 0,
  });
}

export function usePastImports() {
  return useEndless(["catalog_import", "list"], (cursor) =>
    answer(service.GET("/catalog/import-jobs", { params: { query: { cursor, limit: 10 } } })),
  );
}

export function isOver(job: ImportJob): boolean {
  return job.state === "done" || job.state === "failed";
}

/** Bad rows, whether the import went on without them or was given up for them. */
export function problemsOf(job: ImportJob): ImportProblem[] {
  const problems = job.result?.problems ?? job.problem?.problems;
  return Array.isArray(problems) ? (problems as ImportProblem[]) : [];
}
