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
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: 'es2023', chunkSizeWarningLimit: 1200 },
});
