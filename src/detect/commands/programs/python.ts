import { PYTHON_FRAMEWORKS } from '../../frameworks/python-frameworks.ts';
import type { ServerProgram } from '../server-program.ts';

const BACKEND = { role: 'server', kind: 'backend', portFlags: ['--port', '-p'] } as const;
const WSGI = { role: 'production', kind: 'backend', framework: 'wsgi' } as const;
const WORKER = { role: 'worker', kind: 'worker', port: null } as const;
const PORT = '--port $PORT';

/** Python servers and queue workers: the frameworks' own programs, then those that serve any application. */
export const PYTHON_PROGRAMS: readonly ServerProgram[] = [
  ...PYTHON_FRAMEWORKS.flatMap(({ name, kind, port, program }): readonly ServerProgram[] =>
    program === undefined ? [] : [{ ...BACKEND, ...program, framework: name, kind, port }],
  ),
  { names: ['uvicorn'], framework: 'asgi', port: 8000, portArguments: PORT, ...BACKEND },
  {
    names: ['hypercorn'],
    framework: 'asgi',
    port: 8000,
    portArguments: '--bind 127.0.0.1:$PORT',
    ...BACKEND,
    portFlags: ['--bind', '-b'],
  },
  { names: ['daphne', 'granian'], framework: 'asgi', port: 8000, portArguments: PORT, ...BACKEND },
  { names: ['gunicorn'], port: 8000, portArguments: '--bind 127.0.0.1:$PORT', ...WSGI, portFlags: ['--bind', '-b'] },
  // Its configuration and its arguments add up: only an address that is an argument can be another one.
  { names: ['uwsgi'], flags: ['--protocol=http'], port: null, ...WSGI, portFlags: ['--socket', '-s', '--http'] },
  { names: ['uwsgi'], port: null, ...WSGI, portFlags: ['--http', '--http-socket'] },
  {
    names: ['waitress-serve', 'waitress'],
    port: 8080,
    portArguments: PORT,
    portPlace: 'first',
    ...WSGI,
    portFlags: ['--port', '--listen'],
  },
  {
    names: ['http.server'],
    framework: 'static',
    port: 8000,
    portArguments: '$PORT',
    portPlace: 'alone',
    ...BACKEND,
    kind: 'frontend',
    portFlags: [],
    servesRoot: true,
  },
  { names: ['celery', 'rq', 'dramatiq', 'huey_consumer', 'arq', 'taskiq', 'rqworker'], framework: 'queue', ...WORKER },
  {
    names: ['manage.py'],
    verbs: ['celery', 'rqworker', 'qcluster', 'process_tasks', 'tailwind', 'livereload', 'run_huey'],
    framework: 'queue',
    ...WORKER,
  },
];
