import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Beside each text file its compressed forms, so that the service only has to choose one. */
function precompressed(): Plugin {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  return {
    name: "precompressed",
    apply: "build",
    writeBundle({ dir }, bundle) {
      for (const fileName of Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name))) {
        const path = join(dir ?? "", fileName);
        const source = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(source, quality));
        writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}

const SERVICE = process.env.SATYASELL_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), precompressed()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: {
    outDir: "../api/page/built",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the Content-Security-Policy knows no data: addresses
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: {
      "^/(sessions|users|businesses|channels|conversations|messages|media|templates|orders|customers|products|variants|stocks|catalog|audit-entries|account-events|webhook-events|analytics|saved-replies|tags|invitations|setup)":
        { target: SERVICE },
      "/ws": { target: SERVICE.replace("http", "ws"), ws: true, rewriteWsOrigin: true, changeOrigin: true },
    },
  },
});
