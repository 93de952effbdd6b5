import { expect, test } from 'vitest';
import { type Files, onlyServiceIn, packageJson } from './repository-of.ts';

const STRICT = 'npm run dev -- --port $PORT --strictPort';
const PORT = 'npm run dev -- --port $PORT';

/** A package with one script, and further files. */
function project(dependencies: string, script: string, more: Files = {}): Files {
  const [name = '', text = ''] = script.split(/:(.*)/s);
  return { 'package.json': packageJson(dependencies.split(' '), { [name]: text }), ...more };
}

const EXPRESS = "const express = require('express'); const app = express(); app.listen(process.env.PORT || 4000);";

const ROWS: readonly (readonly [string, Files, string, number, string])[] = [
  ['Vite with React', project('vite react', 'dev:vite'), STRICT, 5173, 'react-vite'],
  [
    'Vite with a configured port',
    project('vite vue', 'dev:vite', { 'vite.config.ts': 'export default { server: { port: 3100 } }' }),
    STRICT,
    3100,
    'vue-vite',
  ],
  ['Vite before version 3', project('vite@^2.9.0 vue', 'dev:vite'), STRICT, 3000, 'vue-vite'],
  ['Next', project('next react', 'dev:next dev'), 'npm run dev', 3000, 'next'],
  ['Next on another port', project('next', 'dev:next dev --turbo -p 3005'), PORT, 3005, 'next'],
  ['Create React App', project('react-scripts', 'start:react-scripts start'), 'npm start', 3000, 'create-react-app'],
  [
    'Create React App with a port in its env file',
    project('react-scripts', 'start:react-scripts start', { '.env': 'PORT=3006\n' }),
    'npm start',
    3006,
    'create-react-app',
  ],
  ['Nuxt', project('nuxt', 'dev:nuxt dev'), 'npm run dev', 3000, 'nuxt'],
  ['SvelteKit', project('vite svelte @sveltejs/kit', 'dev:vite dev'), STRICT, 5173, 'sveltekit'],
  ['Astro', project('astro@^4.0.0', 'dev:astro dev'), PORT, 4321, 'astro'],
  ['Astro before version 3', project('astro@^2.1.0', 'dev:astro dev'), PORT, 3000, 'astro'],
  ['Remix with Vite', project('@remix-run/dev vite', 'dev:remix vite:dev'), STRICT, 5173, 'remix'],
  ['Remix classic', project('@remix-run/dev', 'dev:remix dev'), 'npm run dev', 3000, 'remix'],
  ['React Router 7', project('@react-router/dev vite', 'dev:react-router dev'), STRICT, 5173, 'react-router'],
  ['TanStack Start', project('@tanstack/react-start vite', 'dev:vite dev --port 3000'), STRICT, 3000, 'tanstack-start'],
  ['SolidStart', project('@solidjs/start', 'dev:vinxi dev'), PORT, 3000, 'solid-start'],
  [
    'Angular',
    project('@angular/cli', 'start:ng serve', { 'angular.json': {} }),
    'npm start -- --port $PORT',
    4200,
    'angular',
  ],
  [
    'Angular with a configured port',
    project('@angular/cli', 'start:ng serve', {
      'angular.json': { projects: { web: { architect: { serve: { options: { port: 4300 } } } } } },
    }),
    'npm start -- --port $PORT',
    4300,
    'angular',
  ],
  [
    'Vue CLI',
    project('@vue/cli-service', 'serve:vue-cli-service serve'),
    'npm run serve -- --port $PORT',
    8080,
    'vue-cli',
  ],
  ['Qwik', project('@builder.io/qwik vite', 'dev:vite --mode ssr'), STRICT, 5173, 'qwik'],
  ['Gatsby', project('gatsby', 'develop:gatsby develop'), 'npm run develop -- --port $PORT', 8000, 'gatsby'],
  ['Ember', project('ember-cli', 'start:ember serve'), 'npm start -- --port $PORT', 4200, 'ember'],
  ['Parcel', project('parcel', 'start:parcel index.html'), 'npm start -- --port $PORT', 1234, 'parcel'],
  ['Eleventy', project('@11ty/eleventy', 'start:eleventy --serve'), 'npm start -- --port=$PORT', 8080, 'eleventy'],
  ['Docusaurus', project('@docusaurus/core', 'start:docusaurus start'), 'npm start', 3000, 'docusaurus'],
  ['Redwood', project('@redwoodjs/core', 'dev:rw dev'), 'npm run dev', 8910, 'redwood'],
  ['Expo on the web', project('expo', 'web:expo start --web'), 'npm run web -- --port $PORT', 8081, 'expo'],
  [
    'Storybook alone',
    project('storybook', 'dev:storybook dev -p 6007'),
    'npm run dev -- -p $PORT --exact-port',
    6007,
    'storybook',
  ],
  [
    'webpack',
    project('webpack react', 'dev:webpack serve --mode development', {
      'webpack.config.js': 'module.exports = { devServer: { port: 9001 } };',
    }),
    PORT,
    9001,
    'react-webpack',
  ],
  [
    'Nest',
    project('@nestjs/core', 'start:dev', {
      'package.json': packageJson(['@nestjs/core'], { 'start:dev': 'nest start --watch' }),
    }),
    'npm run start:dev',
    3000,
    'nest',
  ],
  ['Express', project('express', 'dev:nodemon server.js', { 'server.js': EXPRESS }), 'npm run dev', 4000, 'express'],
  ['Express', project('express', 'dev:node-dev server.js', { 'server.js': EXPRESS }), 'npm run dev', 4000, 'express'],
  [
    'Express without a script',
    { 'package.json': packageJson(['express']), 'index.js': EXPRESS },
    'node --watch index.js',
    4000,
    'express',
  ],
  [
    'Express started from its build',
    project('express typescript', 'start:node dist/server.js', {
      'src/server.ts': "import express from 'express';\nexpress().listen(4010);",
    }),
    'npm start',
    4010,
    'express',
  ],
  [
    'Fastify',
    project('fastify', 'dev:tsx watch src/server.ts', {
      'src/server.ts':
        "import fastify from 'fastify';\nconst app = fastify();\nawait app.listen({ port: Number(process.env.PORT ?? 3001) });",
    }),
    'npm run dev',
    3001,
    'fastify',
  ],
  [
    'Koa',
    project('koa', 'dev:node --watch app.js', {
      'app.js': "const Koa = require('koa'); const port = 3002; new Koa().listen(port);",
    }),
    'npm run dev',
    3002,
    'koa',
  ],
  [
    'Hono on Bun',
    project('hono', 'dev:bun --hot src/index.ts', {
      'bun.lock': '',
      'src/index.ts':
        "import { Hono } from 'hono';\nconst app = new Hono();\nexport default { port: 3003, fetch: app.fetch };",
    }),
    'bun run dev',
    3003,
    'hono',
  ],
  [
    'Hono on Node',
    project('hono @hono/node-server', 'dev:tsx watch index.ts', {
      'index.ts':
        "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\nserve({ fetch: new Hono().fetch, port: 3004 });",
    }),
    'npm run dev',
    3004,
    'hono',
  ],
  [
    'Elysia',
    project('elysia', 'dev:bun run --watch src/index.ts', {
      'bun.lockb': '',
      'src/index.ts': "import { Elysia } from 'elysia';\nnew Elysia().listen(3007);",
    }),
    'bun run dev',
    3007,
    'elysia',
  ],
  [
    'h3',
    project('h3', 'dev:node server.mjs', {
      'server.mjs':
        "import { createServer } from 'node:http';\nimport { createApp, toNodeListener } from 'h3';\ncreateServer(toNodeListener(createApp())).listen(3008);",
    }),
    'npm run dev',
    3008,
    'h3',
  ],
  [
    'a port from a zod schema',
    project('express zod', 'dev:tsx watch src/index.ts', {
      'src/index.ts': "import express from 'express';\nimport { env } from './env';\nexpress().listen(env.PORT);",
      'src/env.ts':
        "import { z } from 'zod';\nexport const env = z.object({ PORT: z.coerce.number().default(4321) }).parse(process.env);",
    }),
    'npm run dev',
    4321,
    'express',
  ],
  [
    'a port from the config package',
    project('koa config', 'dev:node app.js', {
      'app.js':
        "const Koa = require('koa');\nconst config = require('config');\nnew Koa().listen(config.get('server.port'));",
      'config/default.yml': 'server:\n  port: 3900\n',
    }),
    'npm run dev',
    3900,
    'koa',
  ],
  [
    'Deno',
    {
      'deno.json': { tasks: { dev: 'deno run --allow-net main.ts' } },
      'main.ts': 'Deno.serve({ port: 8001 }, () => new Response("hi"));',
    },
    'deno task dev',
    8001,
    'deno',
  ],
  [
    'Deno Fresh',
    {
      'deno.json': {
        tasks: { start: 'deno run -A dev.ts' },
        imports: { '$fresh/': 'https://deno.land/x/fresh@1.6.0/' },
      },
      'dev.ts': '',
    },
    'deno task start',
    8000,
    'fresh',
  ],
  ['Strapi', project('@strapi/strapi', 'develop:strapi develop'), 'npm run develop', 1337, 'strapi'],
  ['Cloudflare Workers', project('wrangler hono', 'dev:wrangler dev src/index.ts'), PORT, 8787, 'cloudflare-workers'],
  [
    'Vite without a script',
    { 'package.json': packageJson(['vite']), 'index.html': '' },
    'npx vite --port $PORT --strictPort',
    5173,
    'vite',
  ],
];

test.each(ROWS)('%s is started by a command that takes the port', async (_, files, command, port, framework) => {
  const service = await onlyServiceIn(files);
  expect({ command: service.command, port: service.port, framework: service.framework }).toEqual({
    command,
    port,
    framework,
  });
});
