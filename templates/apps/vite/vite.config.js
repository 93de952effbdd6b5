import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    port: 5173,
    // ./dev says where the backend is; without it, its usual port.
    proxy: { '/api': process.env.BACKEND_URL ?? 'http://localhost:8000' },
  },
});
