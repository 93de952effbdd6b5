import type { ServerProgram } from './server-program.ts';

const BACKEND = { role: 'server', kind: 'backend', portFlags: ['--port', '-p'] } as const;
const WORKER = { role: 'worker', kind: 'worker', port: null } as const;
const PORT = '--port $PORT';

/** Node servers and workers with a command of their own; plain interpreters are judged by the file they run. */
export const NODE_PROGRAMS: readonly ServerProgram[] = [
  { names: ['nest'], verbs: ['start'], framework: 'nest', port: 3000, portVariable: 'PORT', ...BACKEND },
  { names: ['strapi'], verbs: ['develop', 'dev'], framework: 'strapi', port: 1337, portVariable: 'PORT', ...BACKEND },
  { names: ['medusa'], verbs: ['develop', 'dev'], framework: 'medusa', port: 9000, portArguments: PORT, portVariable: 'PORT', ...BACKEND },
  { names: ['keystone', 'keystone-next'], verbs: ['', 'dev'], framework: 'keystone', port: 3000, portVariable: 'PORT', ...BACKEND },
  { names: ['sails'], verbs: ['lift'], framework: 'sails', port: 1337, portArguments: PORT, portVariable: 'PORT', ...BACKEND },
  { names: ['ace'], verbs: ['serve'], framework: 'adonis', port: 3333, portVariable: 'PORT', ...BACKEND },
  { names: ['feathers'], verbs: ['dev'], framework: 'feathers', port: 3030, portVariable: 'PORT', ...BACKEND },
  { names: ['fastify'], verbs: ['start'], framework: 'fastify', port: 3000, portArguments: PORT, portVariable: 'FASTIFY_PORT', ...BACKEND },
  { names: ['nitro', 'nitropack'], verbs: ['dev'], framework: 'nitro', port: 3000, portArguments: PORT, ...BACKEND },
  { names: ['wrangler'], verbs: ['dev'], framework: 'cloudflare-workers', port: 8787, portArguments: PORT, ...BACKEND },
  { names: ['wrangler'], verbs: ['pages'], framework: 'cloudflare-pages', port: 8788, portArguments: PORT, ...BACKEND },
  { names: ['netlify', 'ntl'], verbs: ['dev'], framework: 'netlify', port: 8888, portArguments: PORT, ...BACKEND, kind: 'fullstack' },
  { names: ['vercel', 'vc'], verbs: ['dev'], framework: 'vercel', port: 3000, portArguments: '--listen $PORT', ...BACKEND, portFlags: ['--listen', '-l'], kind: 'fullstack' },
  { names: ['sst'], verbs: ['dev'], framework: 'sst', port: null, ...BACKEND, role: 'other' },
  { names: ['json-server'], framework: 'json-server', port: 3000, portArguments: PORT, ...BACKEND },
  { names: ['encore'], verbs: ['run'], framework: 'encore', port: 4000, portArguments: PORT, ...BACKEND },
  { names: ['serverless', 'sls'], verbs: ['offline'], framework: 'serverless', port: 3000, portArguments: '--httpPort $PORT', ...BACKEND, portFlags: ['--httpPort'] },
  { names: ['func'], verbs: ['start', 'host'], framework: 'azure-functions', port: 7071, portArguments: PORT, ...BACKEND },
  { names: ['partykit'], verbs: ['dev'], framework: 'partykit', port: 1999, portArguments: PORT, ...BACKEND },
  { names: ['graphql-codegen', 'gql-gen'], flags: ['--watch', '-w'], framework: 'codegen', ...WORKER },
  { names: ['convex'], verbs: ['dev'], framework: 'convex', ...WORKER },
  { names: ['tailwindcss', 'sass', 'postcss'], flags: ['--watch', '-w', '--watch=always'], framework: 'css', ...WORKER },
];

/** Python servers and queue workers. */
export const PYTHON_PROGRAMS: readonly ServerProgram[] = [
  { names: ['flask'], verbs: ['run'], framework: 'flask', port: 5000, portVariable: 'FLASK_RUN_PORT', portArguments: PORT, ...BACKEND },
  { names: ['fastapi'], verbs: ['dev', 'run'], framework: 'fastapi', port: 8000, portArguments: PORT, ...BACKEND },
  { names: ['uvicorn'], framework: 'asgi', port: 8000, portArguments: PORT, ...BACKEND },
  { names: ['hypercorn'], framework: 'asgi', port: 8000, portArguments: '--bind 127.0.0.1:$PORT', ...BACKEND, portFlags: ['--bind', '-b'] },
  { names: ['daphne', 'granian'], framework: 'asgi', port: 8000, portArguments: PORT, ...BACKEND },
  { names: ['quart'], verbs: ['run'], framework: 'quart', port: 5000, portArguments: PORT, ...BACKEND },
  { names: ['sanic'], framework: 'sanic', port: 8000, portArguments: PORT, ...BACKEND },
  { names: ['litestar'], verbs: ['run'], framework: 'litestar', port: 8000, portArguments: PORT, ...BACKEND },
  { names: ['gunicorn', 'uwsgi', 'waitress-serve'], framework: 'wsgi', port: 8000, portArguments: '--bind 127.0.0.1:$PORT', ...BACKEND, role: 'production', portFlags: ['--bind', '-b', '--port', '--http'] },
  { names: ['manage.py', 'django-admin'], verbs: ['runserver', 'runserver_plus', 'tailwind_runserver'], framework: 'django', port: 8000, ...BACKEND },
  { names: ['streamlit'], verbs: ['run'], framework: 'streamlit', port: 8501, portArguments: '--server.port $PORT --server.headless true', ...BACKEND, kind: 'fullstack', portFlags: ['--server.port'] },
  { names: ['chainlit'], verbs: ['run'], framework: 'chainlit', port: 8000, portArguments: PORT, ...BACKEND, kind: 'fullstack' },
  { names: ['reflex'], verbs: ['run'], framework: 'reflex', port: 3000, portArguments: '--frontend-port $PORT', ...BACKEND, kind: 'fullstack', portFlags: ['--frontend-port'] },
  { names: ['pserve'], framework: 'pyramid', port: 6543, ...BACKEND },
  { names: ['mkdocs'], verbs: ['serve'], framework: 'mkdocs', port: 8000, portArguments: '--dev-addr 127.0.0.1:$PORT', ...BACKEND, kind: 'tool', portFlags: ['--dev-addr', '-a'] },
  { names: ['celery', 'rq', 'dramatiq', 'huey_consumer', 'arq', 'taskiq', 'rqworker'], framework: 'queue', ...WORKER },
  { names: ['manage.py'], verbs: ['celery', 'rqworker', 'qcluster', 'process_tasks', 'tailwind', 'livereload', 'run_huey'], framework: 'queue', ...WORKER },
];

/** Ruby servers and job runners. */
export const RUBY_PROGRAMS: readonly ServerProgram[] = [
  { names: ['rails'], verbs: ['server', 's'], framework: 'rails', port: 3000, portVariable: 'PORT', portArguments: '-p $PORT', ...BACKEND },
  { names: ['shakapacker-dev-server', 'webpacker-dev-server'], framework: 'shakapacker', port: 3035, ...BACKEND, kind: 'frontend', portFlags: [] },
  { names: ['rackup', 'shotgun'], framework: 'rack', port: 9292, portArguments: '-p $PORT', ...BACKEND },
  { names: ['puma'], framework: 'rack', port: 9292, portArguments: '-p $PORT', ...BACKEND },
  { names: ['thin'], verbs: ['start'], framework: 'rack', port: 3000, portArguments: '-p $PORT', ...BACKEND },
  { names: ['unicorn', 'passenger', 'falcon'], framework: 'rack', port: 8080, ...BACKEND, role: 'production' },
  { names: ['hanami'], verbs: ['dev', 'server'], framework: 'hanami', port: 2300, portArguments: PORT, ...BACKEND },
  { names: ['jekyll'], verbs: ['serve', 's', 'server'], framework: 'jekyll', port: 4000, portArguments: PORT, ...BACKEND, kind: 'frontend', portFlags: ['--port', '-P'] },
  { names: ['middleman'], verbs: ['', 'server'], framework: 'middleman', port: 4567, portArguments: PORT, ...BACKEND, kind: 'frontend' },
  { names: ['bridgetown'], verbs: ['start', 'dev'], framework: 'bridgetown', port: 4000, portArguments: PORT, ...BACKEND, kind: 'frontend' },
  { names: ['sidekiq', 'resque', 'good_job', 'delayed_job', 'jobs', 'solid_queue', 'shakapacker', 'webpack', 'tailwindcss:watch'], framework: 'queue', ...WORKER },
];

/** PHP servers and queue workers. */
export const PHP_PROGRAMS: readonly ServerProgram[] = [
  { names: ['artisan'], verbs: ['serve'], framework: 'laravel', port: 8000, portArguments: '--port=$PORT --tries=0', portVariable: 'SERVER_PORT', ...BACKEND },
  { names: ['artisan'], verbs: ['octane:start'], framework: 'laravel', port: 8000, portArguments: '--port=$PORT', ...BACKEND },
  { names: ['artisan'], verbs: ['reverb:start'], framework: 'laravel-reverb', port: 8080, portArguments: '--port=$PORT', ...BACKEND, kind: 'worker' },
  { names: ['artisan'], verbs: ['queue:work', 'queue:listen', 'horizon', 'pail', 'schedule:work'], framework: 'queue', ...WORKER },
  { names: ['symfony'], verbs: ['serve', 'server:start', 'local:server:start'], framework: 'symfony', port: 8000, portArguments: '--port=$PORT', ...BACKEND },
];

/** Servers that are programs of their own, whatever language they are written in. */
export const OTHER_PROGRAMS: readonly ServerProgram[] = [
  { names: ['hugo'], verbs: ['server', 'serve'], framework: 'hugo', port: 1313, portArguments: PORT, ...BACKEND, kind: 'frontend', servesRoot: true },
  { names: ['zola'], verbs: ['serve'], framework: 'zola', port: 1111, portArguments: PORT, ...BACKEND, kind: 'frontend', servesRoot: true },
  { names: ['trunk'], verbs: ['serve'], framework: 'trunk', port: 8080, portArguments: PORT, ...BACKEND, kind: 'frontend', servesRoot: true },
  { names: ['dx', 'cargo-leptos'], verbs: ['serve'], framework: 'rust-web', port: 8080, ...BACKEND, kind: 'fullstack' },
  { names: ['mdbook'], verbs: ['serve'], framework: 'mdbook', port: 3000, portArguments: '-p $PORT', ...BACKEND, kind: 'tool' },
  { names: ['caddy'], verbs: ['run'], framework: 'caddy', port: null, ...BACKEND, kind: 'tool', role: 'other' },
];
