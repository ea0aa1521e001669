import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The server's content security policy allows files of its own only: nothing is inlined.
export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    // Every chunk is small enough to come when it is needed; a polyfill would be one more.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8080',
      '/ws': { target: 'ws://127.0.0.1:8080', ws: true },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['tests/setup.ts'],
    include: ['tests/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    // Generous: a busy machine is no fault of the page.
    testTimeout: 20_000,
  },
});
