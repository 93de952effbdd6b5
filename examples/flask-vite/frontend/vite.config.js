import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    port: 5173,
    proxy: { '/api': process.env.BACKEND_URL ?? 'http://localhost:5000' },
  },
});
