import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import versions from '../../test/rig/next.json' with { type: 'json' };

const PYTHON = '/usr/bin/python3';
const PACKAGES = '/usr/lib/python3/dist-packages';
const vite = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'node_modules/vite');
/** Where `make test` keeps it. */
const next = join(tmpdir(), `devgen-test-next-${versions.next}-${userInfo().uid}`, 'node_modules');

const E2E = `
const of = async (url) => (await fetch(url)).text();
const items = JSON.parse(await of(process.env.BACKEND_URL + '/api/items')).items;
const page = await of(process.env.FRONTEND_URL);
if (items.length !== 3) throw new Error('there are ' + items.length + ' items instead of 3');
if (!page.includes('Shop')) throw new Error('this is not the shop: ' + page);
console.log('2 tests passed');
`;

/** Installs what is there already, as a package manager would from its cache. */
function projectOf({ backend, frontend, install }) {
  return {
    name: 'shop',
    services: {
      backend: { cwd: 'backend', health: '/api/status', ...backend },
      frontend: { cwd: 'frontend', dependsOn: ['backend'], ...frontend },
    },
    tasks: { e2e: { run: 'node e2e.mjs', needs: ['backend', 'frontend'], desc: 'the tests in a browser’s place' } },
    setup: { modules: { run: install, cwd: 'frontend', outputs: ['frontend/node_modules'] } },
  };
}

const IGNORED = 'logs/\nnode_modules/\n__pycache__/\n.next/\n';

/** A text of the backend's and one of the frontend's, for edits. */
const EDITS = { items: 'items=[1, 2, 3]', imports: 'import os\n' };

export const FLASK_VITE = {
  name: 'Flask + Vite',
  needs: [`${PACKAGES}/flask`, vite],
  config: projectOf({
    backend: { command: `${PYTHON} app.py`, port: 18_700 },
    frontend: { command: 'vite --port $PORT --strictPort', port: 18_720 },
    install: `mkdir -p node_modules/.bin && ln -s ${vite} node_modules/vite && ln -s ../vite/bin/vite.js node_modules/.bin/vite`,
  }),
  files: {
    '.gitignore': IGNORED,
    'e2e.mjs': E2E,
    'backend/app.py': `import os

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/api/status")
def status():
    return jsonify(status="ok")


@app.get("/api/items")
def items():
    return jsonify(items=[1, 2, 3])


if __name__ == "__main__":
    app.run(port=int(os.environ["PORT"]), debug=True)
`,
    'frontend/package.json': '{ "private": true, "type": "module" }\n',
    'frontend/index.html':
      '<!doctype html><title>Shop</title><h1>Shop</h1><script type="module" src="/src/main.js"></script>\n',
    'frontend/src/main.js': "import { list } from './list.js';\n\ndocument.body.append(list);\n",
    'frontend/src/list.js': "export const list = document.createElement('ul');\n",
  },
  edits: EDITS,
  backendFile: 'backend/app.py',
  frontendFile: 'frontend/src/main.js',
};

export const FASTAPI_NEXT = {
  name: 'FastAPI + Next',
  needs: [`${PACKAGES}/fastapi`, `${PACKAGES}/uvicorn`, next],
  config: projectOf({
    backend: { command: `${PYTHON} -m uvicorn main:app --reload --port $PORT`, port: 18_800 },
    frontend: { command: 'next dev --port $PORT', port: 18_820 },
    install: `cp -al ${next} node_modules`,
  }),
  files: {
    '.gitignore': IGNORED,
    'e2e.mjs': E2E,
    'backend/main.py': `import os

from fastapi import FastAPI

app = FastAPI(title=os.environ.get("TITLE", "Shop"))


@app.get("/api/status")
def status():
    return {"status": "ok"}


@app.get("/api/items")
def items():
    return dict(items=[1, 2, 3])
`,
    'frontend/package.json': '{ "private": true }\n',
    'frontend/pages/index.js':
      "import { names } from '../lib/names';\n\nexport default function Page() {\n  return <h1>Shop {names.length}</h1>;\n}\n",
    'frontend/lib/names.js': "export const names = ['one', 'two'];\n",
  },
  edits: EDITS,
  backendFile: 'backend/main.py',
  frontendFile: 'frontend/pages/index.js',
};
