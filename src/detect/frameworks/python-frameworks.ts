import type { ServerProgram } from '../commands/server-program.ts';
import type { ServiceKind } from '../detection.ts';

/** A Python web framework: everything that detection knows about it. */
export interface PythonFramework {
  readonly name: string;
  readonly kind: ServiceKind;
  /** Where its development server listens when nothing says otherwise. */
  readonly port: number;
  /** The requirement that brings it, where that is not called like the framework; `null`: it comes with Python. */
  readonly distribution?: string | null;
  /** The top-level packages that it is imported from. */
  readonly packages: RegExp;
  /** The classes whose objects are applications. */
  readonly classes?: readonly string[];
  /** Whether its applications follow WSGI, so that gunicorn serves them. */
  readonly isWsgi?: true;
  /** How an application object is served; absent where only running its file does. */
  readonly start?: StartTemplate;
  /** How its own command-line program is called. */
  readonly program?: ProgramCall;
  /** The calls that serve when a file is run; a leading dot stands for any object. */
  readonly servingCalls?: readonly string[];
  /** The variable that sets the port of a file that is run and names none. */
  readonly portVariable?: string;
  /** A page that every application answers, unless the application's keyword argument says another path, or none. */
  readonly health?: { readonly path: string; readonly keyword?: string; readonly isDocumentation?: true };
}

/**
 * What is typed, without `python -m`: `{target}` is `module:name`, `{factory}` and `{folder}` are flags that are empty
 * where not needed, `{path}` is the application's file, `{app}` what Flask calls it.
 */
export interface StartTemplate {
  readonly developer: string;
  /** With `$PORT`, and reloading. */
  readonly config: string;
  /** What no argument says in every version; `{app}` as above, and left out where it is empty. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether this is what developers type even where the file serves itself when run. */
  readonly beforeFile?: true;
}

type ProgramCall = Pick<ServerProgram, 'names'> &
  Partial<Pick<ServerProgram, 'verbs' | 'portFlags' | 'portArguments' | 'portVariable'>>;

const UVICORN: StartTemplate = {
  developer: 'uvicorn {target}{factory}{folder} --reload',
  config: 'uvicorn {target}{factory}{folder} --reload --port $PORT',
};
const PORT = '--port $PORT';

/** Every framework, one row each. Sources: each project's documentation of its development server. */
export const PYTHON_FRAMEWORKS: readonly PythonFramework[] = [
  {
    name: 'django',
    kind: 'backend',
    port: 8000,
    packages: /^django$/,
    program: {
      names: ['manage.py', 'django-admin'],
      verbs: ['runserver', 'runserver_plus', 'tailwind_runserver'],
    },
  },
  {
    name: 'fastapi',
    kind: 'backend',
    port: 8000,
    packages: /^fastapi/,
    classes: ['FastAPI'],
    start: UVICORN,
    program: { names: ['fastapi'], verbs: ['dev', 'run'], portArguments: PORT },
    health: { path: '/docs', keyword: 'docs_url', isDocumentation: true },
  },
  {
    name: 'flask',
    kind: 'backend',
    port: 5000,
    packages: /^(flask|apiflask|flask_openapi\w*)$/,
    classes: ['Flask', 'APIFlask', 'OpenAPI'],
    isWsgi: true,
    start: {
      developer: 'flask {app}run --debug',
      config: 'flask run --port $PORT',
      // Flags for both came with 2.2, and `--debug` has moved since: variables mean the same in every version.
      env: { FLASK_APP: '{app}', FLASK_DEBUG: '1' },
      beforeFile: true,
    },
    program: { names: ['flask'], verbs: ['run'], portVariable: 'FLASK_RUN_PORT', portArguments: PORT },
  },
  {
    name: 'quart',
    kind: 'backend',
    port: 5000,
    packages: /^quart/,
    classes: ['Quart'],
    start: { developer: 'quart --app {target} run', config: 'quart --app {target} run --reload --port $PORT' },
    program: { names: ['quart'], verbs: ['run'], portArguments: PORT },
  },
  {
    name: 'sanic',
    kind: 'backend',
    port: 8000,
    packages: /^sanic/,
    classes: ['Sanic'],
    start: { developer: 'sanic {target}{factory} --dev', config: 'sanic {target}{factory} --dev --port $PORT' },
    program: { names: ['sanic'], portArguments: PORT },
  },
  {
    name: 'litestar',
    kind: 'backend',
    port: 8000,
    packages: /^litestar/,
    classes: ['Litestar'],
    start: { developer: 'litestar --app {target} run', config: 'litestar --app {target} run --reload --port $PORT' },
    program: { names: ['litestar'], verbs: ['run'], portArguments: PORT },
  },
  {
    name: 'starlette',
    kind: 'backend',
    port: 8000,
    packages: /^starlette/,
    classes: ['Starlette'],
    start: UVICORN,
  },
  {
    name: 'blacksheep',
    kind: 'backend',
    port: 8000,
    packages: /^blacksheep/,
    classes: ['BlackSheep'],
    start: UVICORN,
  },
  { name: 'robyn', kind: 'backend', port: 8080, packages: /^robyn/, classes: ['Robyn'] },
  { name: 'dash', kind: 'fullstack', port: 8050, packages: /^dash/, classes: ['Dash'] },
  { name: 'bottle', kind: 'backend', port: 8080, packages: /^bottle/, classes: ['Bottle'], isWsgi: true },
  {
    name: 'streamlit',
    kind: 'fullstack',
    port: 8501,
    packages: /^streamlit$/,
    start: {
      developer: 'streamlit run {path}',
      config: 'streamlit run {path} --server.port $PORT --server.headless true',
    },
    program: {
      names: ['streamlit'],
      verbs: ['run'],
      portFlags: ['--server.port'],
      portArguments: '--server.port $PORT --server.headless true',
    },
    health: { path: '/_stcore/health' },
  },
  {
    name: 'gradio',
    kind: 'frontend',
    port: 7860,
    packages: /^gradio$/,
    servingCalls: ['.launch'],
    portVariable: 'GRADIO_SERVER_PORT',
  },
  { name: 'nicegui', kind: 'frontend', port: 8080, packages: /^nicegui$/, servingCalls: ['ui.run'] },
  { name: 'aiohttp', kind: 'backend', port: 8080, packages: /^aiohttp$/, servingCalls: ['web.run_app'] },
  { name: 'tornado', kind: 'backend', port: 8888, packages: /^tornado$/, servingCalls: ['.listen'] },
  { name: 'cherrypy', kind: 'backend', port: 8080, packages: /^cherrypy$/, servingCalls: ['cherrypy.quickstart'] },
  {
    name: 'http.server',
    kind: 'backend',
    port: 8000,
    distribution: null,
    packages: /^(http|socketserver)$/,
    servingCalls: ['HTTPServer', 'ThreadingHTTPServer', 'TCPServer', 'ThreadingTCPServer'],
  },
  {
    name: 'wsgiref',
    kind: 'backend',
    port: 8000,
    distribution: null,
    packages: /^wsgiref$/,
    servingCalls: ['make_server'],
  },
  { name: 'waitress', kind: 'backend', port: 8080, packages: /^waitress$/, servingCalls: ['serve'] },
  { name: 'werkzeug', kind: 'backend', port: 5000, packages: /^werkzeug$/, servingCalls: ['run_simple'] },
  { name: 'gevent', kind: 'backend', port: 8000, packages: /^gevent$/, servingCalls: ['WSGIServer'] },
  {
    name: 'chainlit',
    kind: 'fullstack',
    port: 8000,
    packages: /^chainlit$/,
    program: { names: ['chainlit'], verbs: ['run'], portArguments: PORT },
  },
  {
    name: 'reflex',
    kind: 'fullstack',
    port: 3000,
    packages: /^reflex$/,
    program: {
      names: ['reflex'],
      verbs: ['run'],
      portFlags: ['--frontend-port'],
      portArguments: '--frontend-port $PORT',
    },
  },
  { name: 'pyramid', kind: 'backend', port: 6543, packages: /^pyramid$/, program: { names: ['pserve'] } },
  {
    name: 'mkdocs',
    kind: 'tool',
    port: 8000,
    packages: /^mkdocs$/,
    program: {
      names: ['mkdocs'],
      verbs: ['serve'],
      portFlags: ['--dev-addr', '-a'],
      portArguments: '--dev-addr 127.0.0.1:$PORT',
    },
  },
];

/** The row of this name; the table has one for each name that detection itself hands out. */
export function pythonFramework(name: string): PythonFramework {
  const found = PYTHON_FRAMEWORKS.find((row) => row.name === name);
  if (found === undefined) throw new Error(`no row for the Python framework ${name}`);
  return found;
}

/**
 * The framework whose applications are objects of a class that is imported from a module; `undefined` for other
 * classes.
 */
export function frameworkOfClass(name: string, module: string): PythonFramework | undefined {
  const top = module.split('.')[0] ?? '';
  return PYTHON_FRAMEWORKS.find((row) => row.classes?.includes(name) && row.packages.test(top));
}
