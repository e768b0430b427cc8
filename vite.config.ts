import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { assembly } from './scripts/assembly.mjs';
import { cacheFolder } from './scripts/cacheFolder.mjs';
import { licences } from './scripts/licences.mjs';
import { preloadPage } from './scripts/preloadPage.mjs';
import { contentSecurityPolicy, pagePolicy, serverHeaders } from './scripts/security.mjs';

export default defineConfig(({ command, isPreview }) => ({
  // Relative addresses, so that dist/ works from any path of any host.
  base: './',
  // The development server's own notes; a checkout need not be writable.
  ...(command === 'serve' && !isPreview ? { cacheDir: join(cacheFolder(), 'vite') } : {}),
  plugins: [react(), assembly(), pagePolicy(), licences(), preloadPage()],
  worker: { format: 'es', plugins: () => [assembly()] },
  // The Worker's packages too are bundled before the first visit, which a package found later would reload.
  optimizeDeps: { entries: ['index.html', 'src/worker/worker.ts', 'src/worker/ownImagesWorker.ts'] },
  server: { headers: serverHeaders },
  // A Worker obeys the policy that comes with its script, not the page's.
  preview: { headers: { ...serverHeaders, 'Content-Security-Policy': contentSecurityPolicy } },
  build: { target: 'es2023', chunkSizeWarningLimit: 1200 },
}));
