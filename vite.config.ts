import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// A cross-origin isolated page may use threads; a plain static host works without.
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Relative addresses, so that dist/ works from any path of any host.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  // The Worker's packages too are bundled before the first visit, which a package found later would reload.
  optimizeDeps: { entries: ['index.html', 'src/worker/worker.ts'] },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: 'es2023', chunkSizeWarningLimit: 1200 },
});
