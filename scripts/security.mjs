/**
 * What the built page may load and run: its own files, and nothing from elsewhere. WebAssembly is compiled in the
 * page; the threads of tfjs' wasm backend are Workers and scripts from blobs; Mantine and the charts set styles in
 * the markup; a chart is drawn into its PNG, and small fonts lie in the style sheet, from data.
 */
const sources = {
  'default-src': "'none'",
  'script-src': "'self' blob: 'wasm-unsafe-eval'",
  'worker-src': "'self' blob:",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

export const contentSecurityPolicy = Object.entries(sources)
  .map((entry) => entry.join(' '))
  .join('; ');

/** Headers of our own servers. A cross-origin isolated page may use threads; a plain static host works without. */
export const serverHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Writes the policy into the built page, for hosts whose headers cannot be set. The development server does
 * without: it adds scripts to the page.
 * @returns {import('vite').Plugin}
 */
export function pagePolicy() {
  return {
    name: 'page-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
